using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Matrix products of float32 and float64 in the widest vectors the machine has. A result is bit-equal for every thread count and
/// alignment: each element is one chain of additions whose order depends on the shape alone.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Tiles may be lower than their best height, not much: rows are shared out in fours.</summary>
    private const int RowQuantum = 4;

    /// <summary>Multiply-adds of about two microseconds: for less, waking a worker costs more than it saves.</summary>
    private const long MinWorkPerPart = 1 << 18;

    /// <summary>Up to these many rows, or columns, dot products are faster than tiles of which most lanes are empty.</summary>
    private const int DottedRows = 10;
    private const int DottedColumns = 8;

    /// <summary>
    /// Shorter dot products spend their time on the final sum of lanes. Few rows also save packing B; few columns only fill the lanes
    /// better, the less so the more they are.
    /// </summary>
    private const int DottedDepth = 48;
    private const int DottedDepthPerColumn = 24;

    /// <summary>C[m, n] = A[m, k] B[k, n], or += with <paramref name="accumulate"/>.</summary>
    /// <remarks>
    /// Strides are in elements. Those of A and B are arbitrary: swapped for a transpose, zero for a broadcast, negative for a flip. Rows of C
    /// are contiguous, and C overlaps neither operand. No element is skipped: a zero times NaN is NaN.
    /// </remarks>
    public static void Multiply<T>(
        WorkerPool pool, int m, int n, int k, T* a, long aRowStride, long aColumnStride, T* b, long bRowStride, long bColumnStride,
        T* c, long cRowStride, bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MultiplyBatch(
            pool, m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, StridedBatch.Single);

    /// <summary>The same for every member of a batch; threads share out the members, or parts of them where these are few.</summary>
    public static void MultiplyBatch<T, TBatch>(
        WorkerPool pool, int m, int n, int k, T* a, long aRowStride, long aColumnStride, T* b, long bRowStride, long bColumnStride,
        T* c, long cRowStride, bool accumulate, TBatch batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBatch : struct, IGemmBatch
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Gemm computes float and double, not {typeof(T)}: convert, or use GenericGemm.");
        if (m <= 0 || n <= 0 || batch.Count <= 0) return;
        if (k <= 0)
        {
            if (!accumulate) Clear(m, n, c, cRowStride, batch);
            return;
        }

        var args = new GemmArgs<T>
        {
            M = m,
            N = n,
            K = k,
            A = a,
            ARowStride = (nint)aRowStride,
            AColumnStride = (nint)aColumnStride,
            B = b,
            BRowStride = (nint)bRowStride,
            BColumnStride = (nint)bColumnStride,
            C = c,
            CRowStride = (nint)cRowStride,
            CColumnStride = 1,
            Accumulate = accumulate,
        };
        if (Vector512.IsHardwareAccelerated) Run<Lanes512<T>, Vector512<T>, T, TBatch>(pool, args, batch);
        else if (Vector256.IsHardwareAccelerated) Run<Lanes256<T>, Vector256<T>, T, TBatch>(pool, args, batch);
        else if (Vector128.IsHardwareAccelerated) Run<Lanes128<T>, Vector128<T>, T, TBatch>(pool, args, batch);
        else Run<LanesScalar<T>, T, T, TBatch>(pool, args, batch);
    }

    private static void Run<TLanes, TVector, T, TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, INumberBase<T>
        where TBatch : struct, IGemmBatch
    {
        var work = (double)args.M * args.N * args.K * batch.Count;
        var threads = (int)Math.Clamp(work / MinWorkPerPart, 1, pool.Threads);
        var gridThreads = batch.Count >= 4 * threads ? 1 : threads;
        var body = new GemmBody<TLanes, TVector, T, TBatch> { Batch = batch, Method = Choose<TLanes, TVector, T>(args, out var mirrored) };
        body.Mirrored = mirrored;
        body.Args = mirrored ? args.Mirrored() : args;
        int rows = body.Args.M, columns = body.Args.N;
        switch (body.Method)
        {
            case GemmMethod.RowUpdates:
                body.Grid = GemmGrid.Choose(rows, columns, rows, RowUpdates<TLanes, TVector, T>.ColumnQuantum, gridThreads);
                break;
            case GemmMethod.DotProducts:
                body.Grid = GemmGrid.Choose(rows, columns, rows, 4 * DotProducts<TLanes, TVector, T>.TileColumns, gridThreads);
                break;
            default:
                body.Plan = GemmPlan.For(body.Args, TLanes.MaxRows);
                body.Grid = GemmGrid.Choose(rows, columns, RowQuantum, 2 * TLanes.Count, gridThreads);
                break;
        }

        body.Parts = (int)Math.Min(threads, (long)body.Grid.Parts * batch.Count);
        if (body.Parts == 1) body.Run(0);
        else pool.For(body.Parts, ref body);
    }

    /// <summary>The kernel for a shape, and whether it sees the product from the other side, C^T = B^T A^T.</summary>
    private static GemmMethod Choose<TLanes, TVector, T>(in GemmArgs<T> args, out bool mirrored)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, INumberBase<T>
    {
        mirrored = false;
        if (args.M <= RowUpdates<TLanes, TVector, T>.MaxRows && args.BColumnStride == 1) return GemmMethod.RowUpdates;
        if (args.M <= DottedRows && args.BRowStride == 1 && (args.M == 1 || args.K >= DottedDepth)) return GemmMethod.DotProducts;
        mirrored = true;
        if (args.N == 1 && args.ARowStride == 1 && args.CRowStride == 1) return GemmMethod.RowUpdates;
        if (args.N <= DottedColumns && args.AColumnStride == 1 && (args.N == 1 || args.K >= DottedDepthPerColumn * args.N))
            return GemmMethod.DotProducts;
        mirrored = TileCost<TLanes, TVector, T>(args.Mirrored()) < TileCost<TLanes, TVector, T>(args);
        return GemmMethod.Tiles;
    }

    /// <summary>About the cycles of a product in register tiles: two vector multiply-adds a cycle, half a cycle an element to pack.</summary>
    private static double TileCost<TLanes, TVector, T>(in GemmArgs<T> args)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, INumberBase<T>
    {
        var vectors = (args.N + TLanes.Count - 1) / TLanes.Count;
        var cost = 0.5 * Math.Max(args.M, 4) * vectors * args.K;   // fewer rows wait for their own additions
        if (args.BColumnStride != 1) cost += 0.5 * args.N * args.K;
        if (args.CColumnStride != 1) cost += (double)args.M * args.N;
        return cost;
    }

    private static void Clear<T, TBatch>(int m, int n, T* c, long cRowStride, TBatch batch)
        where T : unmanaged
        where TBatch : struct, IGemmBatch
    {
        for (var index = 0; index < batch.Count; index++)
        {
            batch.Offsets(index, out _, out _, out var offset);
            for (var row = 0; row < m; row++) new Span<T>(c + offset + row * cRowStride, n).Clear();
        }
    }
}
