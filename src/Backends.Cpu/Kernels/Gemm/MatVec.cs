using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Products with one row or one column: y[out] (+)= sum over k of x[k] M[k, out]. They are bound by the memory M streams from, so M is
/// read once, in its own order: along its rows when outputs are contiguous, along its columns when k is.
/// </summary>
internal static unsafe class MatVec<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Outputs that stay in the first-level cache while rows of M stream past.</summary>
    private const int OutputBlock = 2048;

    /// <summary>Threads own whole multiples of this many outputs: a cache line or more.</summary>
    public const int OutputQuantum = 32;

    /// <summary>Computes the outputs of a rectangle that has one row or one column.</summary>
    public static void Run(in GemmArgs<T> args, GemmBlock block)
    {
        if (args.M == 1)
        {
            Run(
                args.K, args.A, args.AColumnStride, args.B + block.ColumnStart * args.BColumnStride, args.BRowStride, args.BColumnStride,
                args.C + block.ColumnStart, 1, block.ColumnEnd - block.ColumnStart, args.Accumulate);
        }
        else
        {
            Run(
                args.K, args.B, args.BRowStride, args.A + block.RowStart * args.ARowStride, args.AColumnStride, args.ARowStride,
                args.C + block.RowStart * args.CRowStride, args.CRowStride, block.RowEnd - block.RowStart, args.Accumulate);
        }
    }

    private static void Run(
        int depth, T* x, nint xStride, T* matrix, nint depthStride, nint outputStride, T* y, nint yStride, int outputs, bool accumulate)
    {
        if (xStride != 1)
        {
            var gathered = GemmScratch.Current.Vector<T>(depth);
            for (var k = 0; k < depth; k++) gathered[k] = x[k * xStride];
            x = gathered;
        }

        if (depthStride == 1)
        {
            Dots(depth, x, matrix, outputStride, y, yStride, outputs, accumulate);
            return;
        }

        for (var start = 0; start < outputs; start += OutputBlock)
            AddRows(depth, x, matrix + start, depthStride, y + start, Math.Min(OutputBlock, outputs - start), accumulate);
    }

    /// <summary>Contiguous outputs: y += x[k] M[k, :], four rows of M at a time, which quarters the traffic on y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(int depth, T* x, T* matrix, nint stride, T* y, int outputs, bool accumulate)
    {
        if (!accumulate) new Span<T>(y, outputs).Clear();
        var whole = outputs - outputs % TLanes.Count;
        var mask = TLanes.Mask(outputs - whole);
        var k = 0;
        for (; k + 4 <= depth; k += 4, matrix += 4 * stride)
        {
            var x0 = TLanes.Broadcast(x + k);
            var x1 = TLanes.Broadcast(x + k + 1);
            var x2 = TLanes.Broadcast(x + k + 2);
            var x3 = TLanes.Broadcast(x + k + 3);
            var row1 = matrix + stride;
            var row2 = matrix + 2 * stride;
            var row3 = row2 + stride;
            for (nint j = 0; j < whole; j += TLanes.Count)
            {
                var sum = TLanes.MultiplyAdd(x0, TLanes.Load(matrix + j), TLanes.Load(y + j));
                sum = TLanes.MultiplyAdd(x1, TLanes.Load(row1 + j), sum);
                sum = TLanes.MultiplyAdd(x2, TLanes.Load(row2 + j), sum);
                TLanes.Store(y + j, TLanes.MultiplyAdd(x3, TLanes.Load(row3 + j), sum));
            }

            if (whole == outputs) continue;
            var last = TLanes.MultiplyAdd(x0, TLanes.LoadMasked(matrix + whole, mask), TLanes.LoadMasked(y + whole, mask));
            last = TLanes.MultiplyAdd(x1, TLanes.LoadMasked(row1 + whole, mask), last);
            last = TLanes.MultiplyAdd(x2, TLanes.LoadMasked(row2 + whole, mask), last);
            TLanes.StoreMasked(y + whole, TLanes.MultiplyAdd(x3, TLanes.LoadMasked(row3 + whole, mask), last), mask);
        }

        for (; k < depth; k++, matrix += stride)
        {
            var factor = TLanes.Broadcast(x + k);
            for (nint j = 0; j < whole; j += TLanes.Count)
                TLanes.Store(y + j, TLanes.MultiplyAdd(factor, TLanes.Load(matrix + j), TLanes.Load(y + j)));
            if (whole == outputs) continue;
            var last = TLanes.MultiplyAdd(factor, TLanes.LoadMasked(matrix + whole, mask), TLanes.LoadMasked(y + whole, mask));
            TLanes.StoreMasked(y + whole, last, mask);
        }
    }

    /// <summary>Contiguous k: one dot product per output, four at a time to share the loads of x and to keep the adders busy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots(int depth, T* x, T* matrix, nint stride, T* y, nint yStride, int outputs, bool accumulate)
    {
        var output = 0;
        for (; output + 4 <= outputs; output += 4)
        {
            var m0 = matrix + output * stride;
            var m1 = m0 + stride;
            var m2 = m1 + stride;
            var m3 = m2 + stride;
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            nint k = 0;
            for (; k + TLanes.Count <= depth; k += TLanes.Count)
            {
                var xk = TLanes.Load(x + k);
                s0 = TLanes.MultiplyAdd(xk, TLanes.Load(m0 + k), s0);
                s1 = TLanes.MultiplyAdd(xk, TLanes.Load(m1 + k), s1);
                s2 = TLanes.MultiplyAdd(xk, TLanes.Load(m2 + k), s2);
                s3 = TLanes.MultiplyAdd(xk, TLanes.Load(m3 + k), s3);
            }

            if (k < depth)
            {
                var mask = TLanes.Mask((int)(depth - k));
                var xk = TLanes.LoadMasked(x + k, mask);
                s0 = TLanes.MultiplyAdd(xk, TLanes.LoadMasked(m0 + k, mask), s0);
                s1 = TLanes.MultiplyAdd(xk, TLanes.LoadMasked(m1 + k, mask), s1);
                s2 = TLanes.MultiplyAdd(xk, TLanes.LoadMasked(m2 + k, mask), s2);
                s3 = TLanes.MultiplyAdd(xk, TLanes.LoadMasked(m3 + k, mask), s3);
            }

            Write(y + output * yStride, s0, accumulate);
            Write(y + (output + 1) * yStride, s1, accumulate);
            Write(y + (output + 2) * yStride, s2, accumulate);
            Write(y + (output + 3) * yStride, s3, accumulate);
        }

        for (; output < outputs; output++)
        {
            var row = matrix + output * stride;
            TVector sum = default;
            nint k = 0;
            for (; k + TLanes.Count <= depth; k += TLanes.Count)
                sum = TLanes.MultiplyAdd(TLanes.Load(x + k), TLanes.Load(row + k), sum);
            if (k < depth)
            {
                var mask = TLanes.Mask((int)(depth - k));
                sum = TLanes.MultiplyAdd(TLanes.LoadMasked(x + k, mask), TLanes.LoadMasked(row + k, mask), sum);
            }

            Write(y + output * yStride, sum, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* y, TVector sum, bool accumulate) =>
        *y = accumulate ? TLanes.Sum(sum, *y) : TLanes.Sum(sum, default);
}
