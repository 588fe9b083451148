using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Products with one to three rows where columns are contiguous in B: C[r, :] += A[r, k] B[k, :], four rows of B at a time. Such products
/// are bound by the memory B streams from, so B is read once and in its own order while the few rows of C stay cached.
/// </summary>
internal static unsafe class RowUpdates<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Columns whose part of C stays in the first-level cache while rows of B stream past.</summary>
    private const int ColumnBlock = 2048;

    /// <summary>Elements of B that are widened at once, and of a row of A: they and the rows of C share the first-level cache.</summary>
    private const int WidenedElements = 4096;

    /// <summary>Threads own whole multiples of this many columns: a cache line or more.</summary>
    public const int ColumnQuantum = 32;

    /// <summary>Four factors per row of C and four vectors of B are held in registers at once.</summary>
    public static int MaxRows => TLanes.MaxRows >= 12 ? 3 : 2;

    /// <summary>Computes a rectangle; <c>B.ColumnStride</c> and <c>C.ColumnStride</c> are 1.</summary>
    public static void Run(in GemmArgs<T> args, GemmBlock block)
    {
        var rows = block.RowEnd - block.RowStart;
        var scratch = GemmScratch.Current;
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += ColumnBlock)
        {
            var columns = Math.Min(ColumnBlock, block.ColumnEnd - column);
            for (var row = block.RowStart; row < block.RowEnd; row++) Begin(args, row, column, columns);
            var depth = args.B.Widen is null ? args.K : Math.Max(4, (WidenedElements / columns) & ~3);   // rows are added by fours
            if (args.A.Widen is not null) depth = Math.Min(depth, WidenedElements);
            var a = args.A.From(block.RowStart, 0);
            int first = 0, end = args.A.Widen is null ? args.K : 0;
            for (var k = 0; k < args.K; k += depth)
            {
                var steps = Math.Min(depth, args.K - k);
                var b = args.B.Widen is null
                    ? args.B.From(k, column)
                    : PlainRows<T>.Copy(args.B, k, steps, column, columns, scratch.Wide<T>((nint)steps * columns));
                if (k + steps > end)
                {
                    (first, end) = (k, (int)Math.Min(k + (long)WidenedElements, args.K));
                    a = PlainRows<T>.Copy(args.A, block.RowStart, rows, first, end - first, scratch.A<T>((nint)rows * (end - first)));
                }

                Update(rows, a.From(0, k - first), b, steps, args.C.From(block.RowStart, column), columns);
            }
        }
    }

    private static void Update(int rows, in MatrixView<T> a, in MatrixView<T> b, int steps, in MatrixView<T> c, int columns)
    {
        switch (rows)
        {
            case 1: Update<Rows1>(a, b, steps, c, columns); break;
            case 2: Update<Rows2>(a, b, steps, c, columns); break;
            case 3: Update<Rows3>(a, b, steps, c, columns); break;
            default: NoKernel.Throw(rows); break;
        }
    }

    /// <summary>Lays down what the sums of a row start from.</summary>
    private static void Begin(in GemmArgs<T> args, int row, int column, int columns)
    {
        var c = args.C.At(row, column);
        var start = args.Start.Pointer is null ? null : args.Start.At(row, column);
        if (start is null) new Span<T>(c, columns).Clear();
        else if (start != c && args.Start.ColumnStride == 1) new Span<T>(start, columns).CopyTo(new Span<T>(c, columns));
        else if (start != c)
        {
            for (var j = 0; j < columns; j++) c[j] = start[j * args.Start.ColumnStride];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update<TRows>(in MatrixView<T> left, in MatrixView<T> right, int k, in MatrixView<T> result, int columns) where TRows : unmanaged
    {
        var c = result.Pointer;
        var c1 = c + result.RowStride;
        var c2 = c1 + result.RowStride;
        var a = left.Pointer;
        var a1 = a + left.RowStride;
        var a2 = a1 + left.RowStride;
        var b = right.Pointer;
        var step = left.ColumnStride;
        var stride = right.RowStride;
        nint whole = columns - columns % TLanes.Count;
        var mask = TLanes.Mask((int)(columns - whole));
        for (; k >= 4; k -= 4)
        {
            Factors x0, x1 = default, x2 = default;
            x0 = Factors.Load(a, step);
            if (sizeof(TRows) > 1) x1 = Factors.Load(a1, step);
            if (sizeof(TRows) > 2) x2 = Factors.Load(a2, step);
            var row1 = b + stride;
            var row2 = row1 + stride;
            var row3 = row2 + stride;
            for (nint j = 0; j < whole; j += TLanes.Count)
            {
                var b0 = TLanes.Load(b + j);
                var b1 = TLanes.Load(row1 + j);
                var b2 = TLanes.Load(row2 + j);
                var b3 = TLanes.Load(row3 + j);
                TLanes.Store(c + j, x0.Add(b0, b1, b2, b3, TLanes.Load(c + j)));
                if (sizeof(TRows) > 1) TLanes.Store(c1 + j, x1.Add(b0, b1, b2, b3, TLanes.Load(c1 + j)));
                if (sizeof(TRows) > 2) TLanes.Store(c2 + j, x2.Add(b0, b1, b2, b3, TLanes.Load(c2 + j)));
            }

            if (whole < columns)
            {
                var b0 = TLanes.LoadMasked(b + whole, mask);
                var b1 = TLanes.LoadMasked(row1 + whole, mask);
                var b2 = TLanes.LoadMasked(row2 + whole, mask);
                var b3 = TLanes.LoadMasked(row3 + whole, mask);
                TLanes.StoreMasked(c + whole, x0.Add(b0, b1, b2, b3, TLanes.LoadMasked(c + whole, mask)), mask);
                if (sizeof(TRows) > 1) TLanes.StoreMasked(c1 + whole, x1.Add(b0, b1, b2, b3, TLanes.LoadMasked(c1 + whole, mask)), mask);
                if (sizeof(TRows) > 2) TLanes.StoreMasked(c2 + whole, x2.Add(b0, b1, b2, b3, TLanes.LoadMasked(c2 + whole, mask)), mask);
            }

            a += 4 * step;
            a1 += 4 * step;
            a2 += 4 * step;
            b = row3 + stride;
        }

        for (; k > 0; k--, a += step, a1 += step, a2 += step, b += stride)
        {
            One(a, b, c, whole, columns, mask);
            if (sizeof(TRows) > 1) One(a1, b, c1, whole, columns, mask);
            if (sizeof(TRows) > 2) One(a2, b, c2, whole, columns, mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(T* a, T* b, T* c, nint whole, nint columns, TVector mask)
    {
        var x = TLanes.Create(*a);
        for (nint j = 0; j < whole; j += TLanes.Count) TLanes.Store(c + j, TLanes.MultiplyAdd(x, TLanes.Load(b + j), TLanes.Load(c + j)));
        if (whole == columns) return;
        var last = TLanes.MultiplyAdd(x, TLanes.LoadMasked(b + whole, mask), TLanes.LoadMasked(c + whole, mask));
        TLanes.StoreMasked(c + whole, last, mask);
    }

    /// <summary>Four consecutive elements of a row of A, each in all lanes; small enough to be kept in registers.</summary>
    private struct Factors
    {
        private TVector _0;
        private TVector _1;
        private TVector _2;
        private TVector _3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Factors Load(T* a, nint step) => new()
        {
            _0 = TLanes.Create(*a),
            _1 = TLanes.Create(a[step]),
            _2 = TLanes.Create(a[2 * step]),
            _3 = TLanes.Create(a[3 * step]),
        };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Add(TVector b0, TVector b1, TVector b2, TVector b3, TVector c)
        {
            c = TLanes.MultiplyAdd(_0, b0, c);
            c = TLanes.MultiplyAdd(_1, b1, c);
            c = TLanes.MultiplyAdd(_2, b2, c);
            return TLanes.MultiplyAdd(_3, b3, c);
        }
    }
}
