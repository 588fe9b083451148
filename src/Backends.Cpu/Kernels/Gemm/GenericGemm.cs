using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Matrix products of any number type; integers wrap, as elsewhere. A row of C is a sum of scaled rows of B.</summary>
internal static unsafe class GenericGemm<T> where T : unmanaged, INumber<T>
{
    private const long MinWorkPerPart = 1 << 15;
    private const int PanelColumns = 256;
    private const int PanelDepth = 128;

    /// <summary>C = Start + A B for every member of a batch.</summary>
    public static void MultiplyBatch<TBatch>(WorkerPool pool, in GemmArgs<T> args, TBatch batch) where TBatch : struct, IGemmBatch
    {
        if (args.M <= 0 || args.N <= 0 || batch.Count <= 0) return;
        var work = (double)args.M * args.N * Math.Max(args.K, 1) * batch.Count;
        var threads = (int)Math.Clamp(work / MinWorkPerPart, 1, pool.Threads);
        var grid = GemmGrid.Choose(args.M, args.N, 1, PanelColumns, batch.Count >= 4 * threads ? 1 : threads);
        var body = new Body<TBatch>
        {
            Args = args,
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
            if (args.Start.Pointer is null)
            {
                for (var row = block.RowStart; row < block.RowEnd; row++) new Span<T>(args.C.At(row, column), columns).Clear();
            }

            for (var depth = 0; depth < args.K; depth += PanelDepth)
                AddPanel(args, block, column, columns, depth, Math.Min(PanelDepth, args.K - depth));
        }
    }

    private static void AddPanel(in GemmArgs<T> args, GemmBlock block, int column, int columns, int depth, int steps)
    {
        var b = args.B.At(depth, column);
        var stride = args.B.RowStride;
        if (args.B.ColumnStride != 1)
        {
            var packed = GemmScratch.Current.B<T>((nint)columns * steps);
            Packing<T>.Interleave(b, args.B.ColumnStride, columns, stride, steps, packed, columns);
            b = packed;
            stride = columns;
        }

        for (var row = block.RowStart; row < block.RowEnd; row++)
        {
            var a = args.A.At(row, depth);
            var c = args.C.At(row, column);
            for (var step = 0; step < steps; step++) AddScaled(a[step * args.A.ColumnStride], b + step * stride, c, columns);
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
                args.Move(a, b, c);
                GenericGemm<T>.Run(args, block);
            }
        }
    }
}
