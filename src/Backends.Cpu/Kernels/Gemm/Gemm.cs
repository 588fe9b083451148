using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Matrix products of float32 and float64 in the widest vectors the machine has. A result is bit-equal for every thread count and
/// alignment: each element is one chain of additions whose order depends on the shape alone.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Below this many multiply-adds a part would end before a worker has noticed it.</summary>
    private const long MinWorkPerPart = 1 << 17;

    /// <summary>C[m, n] = A[m, k] B[k, n], or += with <paramref name="accumulate"/>. Strides are in elements; rows of C are contiguous.</summary>
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
        var plan = GemmPlan.For(args, TLanes.MaxRows);
        var gridThreads = batch.Count >= 4 * threads ? 1 : threads;
        var grid = plan.Vector
            ? GemmGrid.Choose(args.M, args.N, MatVec<TLanes, TVector, T>.OutputQuantum, MatVec<TLanes, TVector, T>.OutputQuantum, gridThreads)
            : GemmGrid.Choose(args.M, args.N, TLanes.MaxRows, 2 * TLanes.Count, gridThreads);
        var body = new GemmBody<TLanes, TVector, T, TBatch>
        {
            Args = args,
            Plan = plan,
            Grid = grid,
            Batch = batch,
            Parts = (int)Math.Min(threads, (long)grid.Parts * batch.Count),
        };
        if (body.Parts == 1) body.Run(0);
        else pool.For(body.Parts, ref body);
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
