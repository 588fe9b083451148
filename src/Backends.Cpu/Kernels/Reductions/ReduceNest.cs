using System.Numerics;

namespace Nabla;

/// <summary>The dimensions of a reduction, innermost first, in bytes of the input: those that are kept and those that are combined.</summary>
internal unsafe struct ReduceNest
{
    /// <summary>Rows that are taken for one are worth it from so many on: with fewer, a row is about as wide as a vector.</summary>
    private const long LeastFold = 16;

    /// <summary>
    /// Wide rows that are worth their own results, which are written, read again, and combined one by one: with a few of them that took longer than
    /// all the rest. It bounds the memory for them, too.
    /// </summary>
    private const long FoldedRows = 64;

    public int KeptRank;
    public int Rank;

    /// <summary>Elements of the result.</summary>
    public long Outputs;

    /// <summary>Elements that are combined into each.</summary>
    public long Count;

    public fixed long KeptSizes[Shape.MaxRank];
    public fixed long KeptStrides[Shape.MaxRank];
    public fixed long Sizes[Shape.MaxRank];
    public fixed long Strides[Shape.MaxRank];

    /// <summary>Combined elements are neighbours in memory, rather than those of the result.</summary>
    public readonly bool ByRows => Rank > 0 && (KeptRank == 0 || Math.Abs(Strides[0]) <= Math.Abs(KeptStrides[0]));

    /// <summary>
    /// How many rows of neighbours, each right behind the other, are better combined as one: rows of a few columns leave the lanes of vectors empty. A
    /// power of two, so that the wide row is a whole number of vectors.
    /// </summary>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="width">Columns that are combined side by side.</param>
    public readonly long Fold(int elementSize, long width)
    {
        if (ByRows || Rank != 1 || KeptRank == 0 || KeptStrides[0] != elementSize || Strides[0] != KeptSizes[0] * elementSize || KeptSizes[0] > width / LeastFold)
            return 1;
        long fold = 1L << BitOperations.Log2((ulong)(width / KeptSizes[0]));
        while (fold >= LeastFold && Count < FoldedRows * fold)
            fold /= 2;
        return fold >= LeastFold ? fold : 1;
    }

    /// <summary>The same with so many rows for one. Rows that are left over are not in it.</summary>
    public readonly ReduceNest Folded(long fold)
    {
        var nest = this;
        nest.KeptSizes[0] *= fold;
        nest.Outputs *= fold;
        nest.Strides[0] *= fold;
        nest.Count = nest.Sizes[0] = Count / fold;
        return nest;
    }

    public static void Create(Shape shape, Strides strides, ReadOnlySpan<int> axes, int elementSize, out ReduceNest nest)
    {
        nest = default;
        nest.Outputs = nest.Count = 1;
        int next = axes.Length - 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            bool reduced = next >= 0 && axes[next] == d;
            if (reduced)
            {
                next--;
                nest.Count *= shape[d];
                if (shape[d] != 1)
                    nest.Insert(shape[d], strides[d] * elementSize);
            }
            else
            {
                nest.Outputs *= shape[d];
                if (shape[d] != 1)
                    nest.Keep(shape[d], strides[d] * elementSize);
            }
        }

        nest.Coalesce();
    }

    /// <summary>Bytes from the first element to the first of output <paramref name="index"/>.</summary>
    public readonly long OutputOffset(long index)
    {
        long offset = 0;
        int last = KeptRank - 1;
        for (int d = 0; d < last; d++)
        {
            offset += index % KeptSizes[d] * KeptStrides[d];
            index /= KeptSizes[d];
        }

        return last < 0 ? 0 : offset + (index * KeptStrides[last]);
    }

    /// <summary>Bytes from the first combined element to number <paramref name="index"/>.</summary>
    public readonly long Offset(long index)
    {
        long offset = 0;
        int last = Rank - 1;
        for (int d = 0; d < last; d++)
        {
            offset += index % Sizes[d] * Strides[d];
            index /= Sizes[d];
        }

        return last < 0 ? 0 : offset + (index * Strides[last]);
    }

    /// <summary>Kept dimensions stay in order: the result is dense in it.</summary>
    private void Keep(long size, long stride)
    {
        int last = KeptRank - 1;
        if (last >= 0 && stride == KeptStrides[last] * KeptSizes[last])
        {
            KeptSizes[last] *= size;
            return;
        }

        (KeptSizes[KeptRank], KeptStrides[KeptRank]) = (size, stride);
        KeptRank++;
    }

    /// <summary>Combined dimensions go by stride, so that a permuted tensor is read in the order of its memory.</summary>
    private void Insert(long size, long stride)
    {
        int at = Rank++;
        for (; at > 0 && Math.Abs(Strides[at - 1]) > Math.Abs(stride); at--)
            (Sizes[at], Strides[at]) = (Sizes[at - 1], Strides[at - 1]);
        (Sizes[at], Strides[at]) = (size, stride);
    }

    private void Coalesce()
    {
        int last = 0;
        for (int d = 1; d < Rank; d++)
        {
            if (Strides[d] == Strides[last] * Sizes[last])
                Sizes[last] *= Sizes[d];
            else
                (Sizes[++last], Strides[last]) = (Sizes[d], Strides[d]);
        }

        Rank = Math.Min(Rank, last + 1);
    }
}
