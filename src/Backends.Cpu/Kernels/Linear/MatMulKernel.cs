namespace Nabla;

/// <summary><see cref="MatMulOp"/>: any strides, transposed operands among them, go to the matrix product as they are.</summary>
internal sealed unsafe class MatMulKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call);
        Multiply(device, call.Inputs[0], call.Inputs[1], output.Tensor);
        outputs[0] = output.Finish();
    }

    /// <summary>y = a b into a dense tensor; half types multiply in float32.</summary>
    public static void Multiply(CpuDevice device, DeviceTensor a, DeviceTensor b, DeviceTensor y)
    {
        if (y.Shape.ElementCount == 0)
            return;
        var compute = y.DType.Accumulator();
        if (compute == y.DType)
        {
            Multiply(device, compute, a.Shape, a.Layout.Strides, Operand.Host(a), b.Shape, b.Layout.Strides, Operand.Host(b), y.Shape, Operand.Host(y));
            return;
        }

        using DenseInput wideA = new(device, a), wideB = new(device, b);
        var wide = device.Allocate(new(compute, y.Shape));
        Multiply(device, compute, a.Shape, a.Shape.ContiguousStrides, wideA.Pointer, b.Shape, b.Shape.ContiguousStrides, wideB.Pointer, y.Shape, Operand.Host(wide));
        Copies.Run(device.Workers, compute, new(y, ElementType.Of(y.DType)), new(wide, ElementType.Of(compute)));
        wide.Storage.Release();
    }

    private static void Multiply(
        CpuDevice device, DType dtype, Shape aShape, Strides aStrides, byte* a, Shape bShape, Strides bStrides, byte* b, Shape yShape, byte* y)
    {
        LoopNest nest = default;
        nest.Count = 1;
        nest.Rank = yShape.Rank - 2;
        for (int d = 0; d < nest.Rank; d++)
        {
            nest.Sizes[d] = yShape[nest.Rank - 1 - d];
            nest.Count *= nest.Sizes[d];
        }

        nest.SetLeading(1, aShape, aStrides);
        nest.SetLeading(2, bShape, bStrides);
        var product = new Product
        {
            Pool = device.Workers,
            M = (int)yShape[^2],
            N = (int)yShape[^1],
            K = (int)aShape[^1],
            A = a,
            ARow = aStrides[^2],
            AColumn = aStrides[^1],
            B = b,
            BRow = bStrides[^2],
            BColumn = bStrides[^1],
            C = y,
            Batch = new MatMulBatch(&nest, yShape[^2] * yShape[^1]),
        };
        dtype.Visit<Product, int>(product);
    }

    private readonly struct Product : IDTypeVisitor<int>
    {
        public required WorkerPool Pool { get; init; }
        public required int M { get; init; }
        public required int N { get; init; }
        public required int K { get; init; }
        public required byte* A { get; init; }
        public required long ARow { get; init; }
        public required long AColumn { get; init; }
        public required byte* B { get; init; }
        public required long BRow { get; init; }
        public required long BColumn { get; init; }
        public required byte* C { get; init; }
        public required MatMulBatch Batch { get; init; }

        public int Bool() => 0;

        int IDTypeVisitor<int>.Integer<T>()
        {
            GenericGemm<T>.MultiplyBatch(Pool, M, N, K, (T*)A, ARow, AColumn, (T*)B, BRow, BColumn, (T*)C, N, accumulate: false, Batch);
            return 0;
        }

        int IDTypeVisitor<int>.Float<T>()
        {
            Gemm.MultiplyBatch(Pool, M, N, K, (T*)A, ARow, AColumn, (T*)B, BRow, BColumn, (T*)C, N, accumulate: false, Batch);
            return 0;
        }
    }
}
