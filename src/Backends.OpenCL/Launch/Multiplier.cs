namespace Nabla;

/// <summary>Matrix products: in tiles, or without preparation where that would cost more than it saves.</summary>
internal static class Multiplier
{
    /// <summary>Work-items along either side of a GPU's group, BLOCK_ITEMS in the kernel; each has two panels of B.</summary>
    public const int BlockItems = 8;

    /// <summary>Products below which packing does not pay on a CPU: about what 16 commands cost.</summary>
    private const long SmallestForTiles = 32 * 32 * 32;

    /// <summary>The same on a GPU, of all batches together, since they are packed by the same two commands, and of several microseconds each; seen on an H100.</summary>
    private const long SmallestForBlocks = 160 * 160 * 160;

    /// <summary>Rows or columns below which most of a tile would be padding.</summary>
    private const int SmallestSide = 4;

    /// <summary>Steps along k that are worth a segment.</summary>
    private const int SmallestSegment = 256;

    public static void AddTo(OpColumn<OpEntry> column) => column.Add(MatMulOp.Row, new OpEntry(Run, AnyTarget: false));

    private static void Run(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var shape = new MatMulShape(call.Inputs[0], call.Inputs[1], y);
        if (shape.K == 0)
            Mover.Fill(device, 0, y);
        else if (!y.DType.IsFloatingPoint())
            Simple(device, KernelId.MatmulSimple, shape, y);
        else if (PaysPacking(device, shape))
            Tiles(device, shape, y);
        else
            Simple(device, ReadsAlong(shape, device.Kernels.Width(y.DType)) ? KernelId.MatmulDot : KernelId.MatmulSimple, shape, y);
    }

    private static bool PaysPacking(OpenClDevice device, in MatMulShape shape)
    {
        long products = (long)shape.M * shape.N * shape.K;
        return Math.Min(shape.M, shape.N) >= SmallestSide && products >= SmallestForTiles && (!device.Kernels.GpuStyle || products * shape.Batches >= SmallestForBlocks)
            && FitsPacked(shape, shape.A, shape.M, KernelLibrary.TileRows) && FitsPacked(shape, shape.B, shape.N, device.Kernels.Width(shape.A.DType));
    }

    /// <summary>Whether an operand, padded, and repeated where batches broadcast it, still is one tensor.</summary>
    private static bool FitsPacked(in MatMulShape shape, DeviceTensor operand, long side, int panel) =>
        (side + panel - 1) / panel * panel * shape.K * (shape.IsShared(operand) ? 1 : shape.Batches) <= int.MaxValue;

    /// <summary>Whether k is long, and the direction in which the larger operand is dense.</summary>
    private static bool ReadsAlong(in MatMulShape shape, int width) =>
        shape.K >= 2 * width && ((shape.AColumn == 1 && (shape.BRow == 1 || shape.M > shape.N)) || (shape.BRow == 1 && shape.N >= shape.M));

    private static void Simple(OpenClDevice device, KernelId kernel, in MatMulShape shape, DeviceTensor y)
    {
        int width = device.Kernels.Width(y.DType);
        // The vector goes along the columns; a tall narrow result is computed as its transpose.
        bool transposed = kernel == KernelId.MatmulSimple && shape.N < width && shape.M > shape.N;
        var walk = shape.BatchWalk;
        if (transposed)
            walk.SwapFirstTwo();
        var (m, n) = transposed ? (shape.N, shape.M) : (shape.M, shape.N);
        using var launch = device.Begin(kernel, y.DType);
        launch.Value(walk);
        launch.Value(m);
        launch.Value(n);
        launch.Value(shape.K);
        launch.Value(transposed ? shape.BColumn : shape.ARow);
        launch.Value(transposed ? shape.BRow : shape.AColumn);
        launch.Value(transposed ? shape.AColumn : shape.BRow);
        launch.Value(transposed ? shape.ARow : shape.BColumn);
        launch.Value(transposed ? 1 : shape.N);
        launch.Value(transposed ? shape.N : 1);
        launch.Buffer(transposed ? shape.B : shape.A);
        launch.Buffer(transposed ? shape.A : shape.B);
        launch.Buffer(y);
        launch.Run(kernel == KernelId.MatmulDot ? (long)m * n : m * (((long)n + width - 1) / width), 1, shape.Batches);
    }

    private static void Tiles(OpenClDevice device, in MatMulShape shape, DeviceTensor y)
    {
        const int rows = KernelLibrary.TileRows;
        int width = device.Kernels.Width(y.DType), panelsM = (shape.M + rows - 1) / rows, panelsN = (shape.N + width - 1) / width;
        bool sharedA = shape.IsShared(shape.A), sharedB = shape.IsShared(shape.B);
        var computed = Scratch.Computed(y.DType);
        using var a = new Scratch(device, computed, [sharedA ? 1 : shape.Batches, panelsM, shape.K, rows]);
        using var b = new Scratch(device, computed, [sharedB ? 1 : shape.Batches, panelsN, shape.K, width]);
        Pack(device, KernelId.PackRows, shape.OperandWalk(shape.A, sharedA), shape.M, shape.K, shape.ARow, shape.AColumn, shape.A, a.Tensor);
        Pack(device, KernelId.PackColumns, shape.OperandWalk(shape.B, sharedB), shape.N, shape.K, shape.BRow, shape.BColumn, shape.B, b.Tensor);

        // Few tiles and a long k leave cores idle: cut k, and add the parts up.
        long tiles = (long)panelsM * panelsN * shape.Batches;
        int segments = (int)Math.Max(1, Math.Min(device.Parallelism / tiles, shape.K / SmallestSegment));
        int segment = (shape.K + segments - 1) / segments;
        segments = (shape.K + segment - 1) / segment;
        if (segments == 1)
        {
            Multiply(device, shape, panelsM, panelsN, sharedA, sharedB, 1, shape.K, a.Tensor, b.Tensor, y, y);
            return;
        }

        using var partial = new Scratch(device, computed, [shape.Batches, segments, (long)shape.M * shape.N]);
        Multiply(device, shape, panelsM, panelsN, sharedA, sharedB, segments, segment, a.Tensor, b.Tensor, y, partial.Tensor);
        Reducer.Run(device, OpCodes.Sum, partial.Tensor, [1], y);
    }

    private static void Pack(OpenClDevice device, KernelId kernel, in Walk batch, int side, int k, int rowStep, int columnStep, DeviceTensor operand, DeviceTensor packed)
    {
        using var launch = device.Begin(kernel, operand.DType);
        launch.Value(batch);
        launch.Value(side);
        launch.Value(k);
        launch.Value(rowStep);
        launch.Value(columnStep);
        launch.Buffer(operand);
        launch.Buffer(packed);
        launch.Run(k, packed.Shape[1], packed.Shape[0]);
    }

    private static void Multiply(
        OpenClDevice device, in MatMulShape shape, int panelsM, int panelsN, bool sharedA, bool sharedB, int segments, int segment, DeviceTensor a, DeviceTensor b, DeviceTensor y, DeviceTensor partial)
    {
        using var launch = device.Begin(KernelId.MatmulTiles, y.DType);
        launch.Value(shape.M);
        launch.Value(shape.N);
        launch.Value(shape.K);
        launch.Value(panelsM);
        launch.Value(panelsN);
        launch.Value(sharedA ? 1 : 0);
        launch.Value(sharedB ? 1 : 0);
        launch.Value(segments);
        launch.Value(segment);
        launch.Buffer(a);
        launch.Buffer(b);
        launch.Buffer(y);
        launch.Buffer(partial);
        if (device.Kernels.GpuStyle)
            launch.Run((panelsN + 1) / 2, panelsM, (long)shape.Batches * segments);
        else
            launch.Run(panelsM, panelsN, (long)shape.Batches * segments);
    }
}
