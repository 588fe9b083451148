namespace Nabla;

/// <summary>A tensor's dimensions, split into those that a reduction keeps and those that it goes over.</summary>
internal readonly struct ReducedLayout
{
    public ReducedLayout(DeviceTensor x, ReadOnlySpan<int> axes)
    {
        int rank = x.Shape.Rank, kept = 0, over = 0;
        Span<long> keptDims = stackalloc long[rank], keptSteps = stackalloc long[rank], overDims = stackalloc long[rank], overSteps = stackalloc long[rank];
        for (int d = 0; d < rank; d++)
        {
            if (axes.Contains(d))
                (overDims[over], overSteps[over++]) = (x.Shape[d], x.Layout.Strides[d]);
            else
                (keptDims[kept], keptSteps[kept++]) = (x.Shape[d], x.Layout.Strides[d]);
        }

        Kept = Line.Of(keptDims[..kept], keptSteps[..kept], x.Layout.Offset);
        Over = Line.Of(overDims[..over], overSteps[..over], 0);
    }

    public Line Kept { get; }

    public Line Over { get; }
}
