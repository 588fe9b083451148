using System.Numerics;

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

    /// <summary>
    /// Whether two different indices can name the same element (a dimension was expanded, windows share elements): such a tensor cannot be
    /// written.
    /// </summary>
    public bool Overlaps(Shape shape)
    {
        if (shape.ElementCount <= 1 || ReferenceEquals(Strides, shape.ContiguousStrides))
            return false;

        // From the smallest step up: each one must lead beyond all that the smaller ones reach together.
        long reach = 0;
        for (uint rest = (1u << shape.Rank) - 1; rest != 0;)
        {
            int least = BitOperations.TrailingZeroCount(rest);
            for (int d = least + 1; d < shape.Rank; d++)
                if ((rest >> d & 1) != 0 && Math.Abs(Strides[d]) < Math.Abs(Strides[least]))
                    least = d;
            rest &= ~(1u << least);
            if (shape[least] == 1)
                continue;
            long step = Math.Abs(Strides[least]);
            if (step <= reach)
                return true;
            reach += (shape[least] - 1) * step;
        }

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
