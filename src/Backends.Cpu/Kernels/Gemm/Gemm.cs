using System.Numerics;

namespace Nabla;

/// <summary>
/// Matrix products of float32 and float64 in the widest vectors the machine has. A result is bit-equal for every thread count and
/// alignment: how the terms of an element are added up depends on shapes, strides and the instruction set alone.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Tiles may be lower than their best height, not much: rows are shared out in fours.</summary>
    private const int RowQuantum = 4;

    /// <summary>Multiply-adds of about a microsecond: for less, a fork and its join cost as much as they save.</summary>
    private const long MinWorkPerPart = 1 << 17;

    /// <summary>An element that has fewer uses is as long on its way from memory as so many multiply-adds take.</summary>
    private const int LeastUses = 6;

    /// <summary>Multiply-adds of about four microseconds: for less, waking a worker costs more than it saves.</summary>
    private const long MinWorkToWake = 1 << 19;

    /// <summary>An activation of an element takes about as long as so many multiply-adds.</summary>
    private const int FollowUp = 16;

    /// <summary>Up to these many rows, or columns, dot products are faster than tiles of which most lanes are empty.</summary>
    private const int DottedRows = 10;
    private const int DottedColumns = 8;

    /// <summary>
    /// Shorter dot products spend their time on the final sum of lanes. Few rows also save packing B; few columns only fill the lanes
    /// better, the less so the more they are.
    /// </summary>
    private const int DottedDepth = 48;
    private const int DottedDepthPerColumn = 24;

    /// <summary>C = Start + A B. No element is skipped: a zero times NaN is NaN.</summary>
    public static void Multiply<T>(WorkerPool pool, in GemmArgs<T> args) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MultiplyBatch(pool, args, default(MatMulBatch));

    /// <summary>The same for every member of a batch; threads share out the members, or parts of them where these are few.</summary>
    public static void MultiplyBatch<T, TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBatch : struct, IGemmBatch
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Gemm computes float and double, not {typeof(T)}: convert, or use GenericGemm.");
        if (args.M <= 0 || args.N <= 0 || batch.Count <= 0) return;
        var product = new Product<T, TBatch>(pool, args, batch);
        if (!WidestVector.Run<Product<T, TBatch>, T>(ref product)) Run<LanesScalar<T>, T, T, TBatch>(pool, args, batch);
    }

    private readonly ref struct Product<T, TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch) : IVectorBody<T>
        where T : unmanaged, IAdditionOperators<T, T, T>
        where TBatch : struct, IGemmBatch
    {
        private readonly ref readonly GemmArgs<T> _args = ref args;

        public void Run<V, L>() where V : struct where L : struct, ISimd<V, T> => Gemm.Run<L, V, T, TBatch>(pool, _args, batch);
    }

    private static void Run<TLanes, TVector, T, TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, IAdditionOperators<T, T, T>
        where TBatch : struct, IGemmBatch
    {
        var (longer, shorter) = args.M > args.N ? (args.M, args.N) : (args.N, args.M);
        var work = (double)longer * Math.Max(shorter, LeastUses) * args.K * batch.Count;
        if (args.Then is not null) work += (double)FollowUp * args.M * args.N * batch.Count;
        var threads = (int)Math.Clamp(work / MinWorkPerPart, 1, pool.Threads);
        var gridThreads = batch.Count >= 4 * threads ? 1 : threads;
        var body = new GemmBody<FloatKernel<TLanes, TVector, T>, T, TBatch> { Batch = batch };
        body.Kernel.Method = Choose<TLanes, TVector, T>(args, out body.Mirrored);
        body.Args = args;
        if (body.Mirrored) body.Args.Mirror();
        int rows = body.Args.M, columns = body.Args.N;
        switch (body.Kernel.Method)
        {
            case GemmMethod.RowUpdates:
                body.Grid = GemmGrid.Choose(rows, columns, rows, RowUpdates<TLanes, TVector, T>.ColumnQuantum, gridThreads);
                break;
            case GemmMethod.DotProducts:
                body.Grid = GemmGrid.Choose(rows, columns, rows, 4 * DotProducts<TLanes, TVector, T>.TileColumns, gridThreads);
                break;
            default:
                body.Kernel.Plan = GemmPlan.For(body.Args, TLanes.MaxRows);
                body.Grid = GemmGrid.Choose(rows, columns, RowQuantum, TLanes.Count, gridThreads, body.Kernel.Plan.PackA, body.Kernel.Plan.PackB);
                break;
        }

        body.Parts = (int)Math.Min(threads, (long)body.Grid.Parts * batch.Count);
        if (body.Parts == 1) body.Run(0);
        else pool.For(body.Parts, ref body, brief: work < MinWorkToWake);
    }

    /// <summary>The kernel for a shape, and whether it sees the product from the other side, C^T = B^T A^T.</summary>
    private static GemmMethod Choose<TLanes, TVector, T>(in GemmArgs<T> args, out bool mirrored)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        mirrored = false;
        var byVector = args.N == 1 && args.B.RowStride == 1 && args.K >= DottedDepth;   // row updates would be of one element each, one after the other
        if (args.M <= RowUpdates<TLanes, TVector, T>.MaxRows && args.B.ColumnStride == 1 && !byVector) return GemmMethod.RowUpdates;
        if (args.M <= DottedRows && args.B.RowStride == 1 && (args.M == 1 || args.K >= DottedDepth)) return GemmMethod.DotProducts;
        mirrored = true;
        if (args.N == 1 && args.A.RowStride == 1 && args.C.RowStride == 1) return GemmMethod.RowUpdates;
        if (args.N <= DottedColumns && args.A.ColumnStride == 1 && (args.N == 1 || args.K >= DottedDepthPerColumn * args.N))
            return GemmMethod.DotProducts;
        var plain = TileCost(args.M, args.N, args.K, TLanes.Count, packs: args.B.ColumnStride != 1, turns: false);
        mirrored = TileCost(args.N, args.M, args.K, TLanes.Count, packs: args.A.RowStride != 1, turns: args.C.RowStride != 1) < plain;
        return GemmMethod.Tiles;
    }

    /// <summary>
    /// About the cycles of a product in register tiles: two vector multiply-adds a cycle, half a cycle for an element of B that is packed,
    /// one for an element of C that is written the other way round.
    /// </summary>
    private static double TileCost(int rows, int columns, int depth, int lanes, bool packs, bool turns)
    {
        var vectors = (columns + lanes - 1) / lanes;
        var cost = 0.5 * Math.Max(rows, 4) * vectors * depth;   // fewer rows wait for their own additions
        if (packs) cost += 0.5 * columns * depth;
        if (turns) cost += (double)rows * columns;
        return cost;
    }
}
