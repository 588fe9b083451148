namespace Nabla;

/// <summary>Where a tensor's elements lie in its storage: element <c>i</c> is at <c>Offset + sum(i[d] * Strides[d])</c>, in elements.</summary>
/// <param name="Strides">Steps between neighbours.</param>
/// <param name="Offset">Index of the first element.</param>
public readonly record struct Layout(Strides Strides, long Offset)
{
    /// <summary>The dense row-major layout of a shape, from the start of its storage.</summary>
    public static Layout Contiguous(Shape shape) => new(shape.ContiguousStrides, 0);

    /// <summary>Whether the elements of <paramref name="shape"/> follow each other in row-major order (from any offset).</summary>
    public bool IsContiguous(Shape shape)
    {
        var dense = shape.ContiguousStrides;
        if (ReferenceEquals(Strides, dense) || shape.ElementCount == 0)
            return true;
        for (int d = 0; d < shape.Rank; d++)
            if (shape[d] != 1 && Strides[d] != dense[d])
                return false;
        return true;
    }

    /// <summary>Whether two different indices can name the same element (a dimension was expanded): such a tensor cannot be written.</summary>
    public bool Overlaps(Shape shape)
    {
        if (shape.ElementCount == 0)
            return false;
        for (int d = 0; d < shape.Rank; d++)
            if (shape[d] > 1 && Strides[d] == 0)
                return true;
        return false;
    }

    /// <summary>The first and last storage index that an element of <paramref name="shape"/> has; (0, -1) when there is none.</summary>
    public (long First, long Last) Extent(Shape shape)
    {
        if (shape.ElementCount == 0)
            return (0, -1);
        long first = Offset, last = Offset;
        for (int d = 0; d < shape.Rank; d++)
        {
            long reach = (shape[d] - 1) * Strides[d];
            if (reach < 0) first += reach;
            else last += reach;
        }

        return (first, last);
    }
}
