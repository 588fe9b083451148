using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Matrix products of integers, which wrap, as elsewhere: a few rows of C at a time are sums of scaled rows of a cached block of B. Where C is narrow and
/// both operands are contiguous along k, its elements are dot products.
/// </summary>
internal static unsafe class GenericGemm<T> where T : unmanaged, INumber<T>
{
    private const long MinWorkPerPart = 1 << 16;

    /// <summary>A block of B: up to a quarter of a megabyte, which every group of rows reads again.</summary>
    private const int PanelColumns = 256;
    private const int PanelDepth = 128;

    /// <summary>Up to so many rows or columns are narrow; shorter dot products spend their time on the final sum of lanes.</summary>
    private const int Narrow = 4, LeastDepth = 16;

    /// <summary>C = Start + A B for every member of a batch.</summary>
    public static void MultiplyBatch<TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch) where TBatch : struct, IGemmBatch
    {
        if (args.M <= 0 || args.N <= 0 || batch.Count <= 0) return;
        var work = (double)args.M * args.N * Math.Max(args.K, 1) * batch.Count;
        var threads = (int)Math.Clamp(work / MinWorkPerPart, 1, pool.Threads);
        var gridThreads = batch.Count >= 4 * threads ? 1 : threads;
        var body = new GemmBody<Kernel, T, TBatch> { Args = args, Batch = batch };
        body.Kernel.Dots = AreDots(args, out body.Mirrored);
        if (body.Mirrored) body.Args.Mirror();
        int rows = body.Args.M, columns = body.Args.N;
        body.Grid = body.Kernel.Dots
            ? GemmGrid.Choose(rows, columns, rows, 4 * DotProducts<LanesScalar<T>, T, T>.TileColumns, gridThreads)
            : GemmGrid.Choose(rows, columns, 1, PanelColumns, gridThreads);
        body.Parts = (int)Math.Min(threads, (long)body.Grid.Parts * batch.Count);
        pool.For(body.Parts, ref body);
    }

    /// <summary>Whether elements are dot products along contiguous rows of both sides, and whether of the product seen from the other side.</summary>
    private static bool AreDots(in GemmArgs<T> args, out bool mirrored)
    {
        mirrored = false;
        if (!Vector128.IsHardwareAccelerated || args.K < LeastDepth) return false;
        if (args.M <= Narrow && args.B.RowStride == 1) return true;
        return mirrored = args.N <= Narrow && args.A.ColumnStride == 1;
    }

    private static void RunDots(in GemmArgs<T> args, GemmBlock block)
    {
        if (WideVectors.Have512) DotProducts<Simd512<T>, Vector512<T>, T>.Run(args, block);
        else if (Vector256.IsHardwareAccelerated) DotProducts<Simd256<T>, Vector256<T>, T>.Run(args, block);
        else DotProducts<Simd128<T>, Vector128<T>, T>.Run(args, block);
    }

    private static void Run(in GemmArgs<T> args, GemmBlock block)
    {
        if (WideVectors.Have512) Run<Simd512<T>, Vector512<T>>(args, block);
        else if (Vector256.IsHardwareAccelerated) Run<Simd256<T>, Vector256<T>>(args, block);
        else if (Vector128.IsHardwareAccelerated) Run<Simd128<T>, Vector128<T>>(args, block);
        else Run<LanesScalar<T>, T>(args, block);
    }

    private static void Run<TLanes, TVector>(in GemmArgs<T> args, GemmBlock block)
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
    {
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += PanelColumns)
        {
            var columns = Math.Min(PanelColumns, block.ColumnEnd - column);
            for (var depth = 0; depth == 0 || depth < args.K; depth += PanelDepth)   // without depth, C = Start
            {
                var steps = Math.Min(PanelDepth, args.K - depth);
                var part = args with
                {
                    N = columns,
                    K = steps,
                    A = new(args.A.At(0, depth), args.A.RowStride, args.A.ColumnStride),
                    B = Panel(args.B, depth, steps, column, columns),
                    C = new(args.C.At(0, column), args.C.RowStride, 1),
                };
                if (depth > 0) part.Start = part.C;
                else if (args.Start.Pointer is not null) part.Start = new(args.Start.At(0, column), args.Start.RowStride, args.Start.ColumnStride);
                var height = RowUpdates<TLanes, TVector, T>.MaxRows;
                for (var row = block.RowStart; row < block.RowEnd; row += height)
                    RowUpdates<TLanes, TVector, T>.Run(part, new(row, Math.Min(row + height, block.RowEnd), 0, columns));
            }
        }
    }

    /// <summary>A block of B with contiguous rows: in place, or a packed copy.</summary>
    private static MatrixView<T> Panel(in MatrixView<T> b, int depth, int steps, int column, int columns)
    {
        var source = b.At(depth, column);
        if (b.ColumnStride == 1) return new(source, b.RowStride, 1);
        var packed = GemmScratch.Current.B<T>((nint)columns * steps);
        Packing<T>.Interleave(source, b.ColumnStride, columns, b.RowStride, steps, packed, columns);
        return new(packed, columns, 1);
    }

    private struct Kernel : IGemmKernel<T>
    {
        public bool Dots;

        public readonly void Run(in GemmArgs<T> args, GemmBlock block)
        {
            if (Dots) RunDots(args, block);
            else GenericGemm<T>.Run(args, block);
        }
    }
}
