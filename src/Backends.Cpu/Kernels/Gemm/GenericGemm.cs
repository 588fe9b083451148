using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Matrix products of any number type; integers wrap, as elsewhere. A row of C is a sum of scaled rows of B.</summary>
internal static unsafe class GenericGemm<T> where T : unmanaged, INumber<T>
{
    private const long MinWorkPerPart = 1 << 15;
    private const int PanelColumns = 256;
    private const int PanelDepth = 128;

    /// <summary>C[m, n] = A[m, k] B[k, n], or += with <paramref name="accumulate"/>, for every member of a batch.</summary>
    public static void MultiplyBatch<TBatch>(
        WorkerPool pool, int m, int n, int k, T* a, long aRowStride, long aColumnStride, T* b, long bRowStride, long bColumnStride,
        T* c, long cRowStride, bool accumulate, TBatch batch) where TBatch : struct, IGemmBatch
    {
        if (m <= 0 || n <= 0 || batch.Count <= 0) return;
        var work = (double)m * n * Math.Max(k, 1) * batch.Count;
        var threads = (int)Math.Clamp(work / MinWorkPerPart, 1, pool.Threads);
        var grid = GemmGrid.Choose(m, n, 1, PanelColumns, batch.Count >= 4 * threads ? 1 : threads);
        var body = new Body<TBatch>
        {
            Args = new GemmArgs<T>
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
            },
            Grid = grid,
            Batch = batch,
            Parts = (int)Math.Min(threads, (long)grid.Parts * batch.Count),
        };
        pool.For(body.Parts, ref body);
    }

    private static void Run(in GemmArgs<T> args, GemmBlock block)
    {
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += PanelColumns)
        {
            var columns = Math.Min(PanelColumns, block.ColumnEnd - column);
            if (!args.Accumulate)
            {
                for (var row = block.RowStart; row < block.RowEnd; row++)
                    new Span<T>(args.C + row * args.CRowStride + column, columns).Clear();
            }

            for (var depth = 0; depth < args.K; depth += PanelDepth)
                AddPanel(args, block, column, columns, depth, Math.Min(PanelDepth, args.K - depth));
        }
    }

    private static void AddPanel(in GemmArgs<T> args, GemmBlock block, int column, int columns, int depth, int steps)
    {
        var b = args.B + depth * args.BRowStride + column * args.BColumnStride;
        var stride = args.BRowStride;
        if (args.BColumnStride != 1)
        {
            var packed = GemmScratch.Current.B<T>((nint)columns * steps);
            Packing<T>.Interleave(b, args.BColumnStride, columns, stride, steps, packed, columns);
            b = packed;
            stride = columns;
        }

        for (var row = block.RowStart; row < block.RowEnd; row++)
        {
            var a = args.A + row * args.ARowStride + depth * args.AColumnStride;
            var c = args.C + row * args.CRowStride + column;
            for (var step = 0; step < steps; step++) AddScaled(a[step * args.AColumnStride], b + step * stride, c, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(T factor, T* b, T* c, int count)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
        {
            var factors = Vector.Create(factor);
            for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
                Vector.Store(Vector.Load(c + i) + factors * Vector.Load(b + i), c + i);
        }

        for (; i < count; i++) c[i] = unchecked(c[i] + factor * b[i]);
    }

    private struct Body<TBatch> : IParallelBody where TBatch : struct, IGemmBatch
    {
        public GemmArgs<T> Args;
        public GemmGrid Grid;
        public TBatch Batch;
        public int Parts;

        public readonly void Run(int part)
        {
            var units = (long)Batch.Count * Grid.Parts;
            var end = units * (part + 1) / Parts;
            for (var unit = units * part / Parts; unit < end; unit++)
            {
                var index = (int)(unit / Grid.Parts);
                var block = Grid.Block((int)(unit - (long)index * Grid.Parts), Args.M, Args.N);
                if (block.IsEmpty) continue;
                Batch.Offsets(index, out var a, out var b, out var c);
                var args = Args;
                args.A += a;
                args.B += b;
                args.C += c;
                GenericGemm<T>.Run(args, block);
            }
        }
    }
}
