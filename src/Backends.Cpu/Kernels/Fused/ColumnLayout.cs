namespace Nabla;

/// <summary>A dense tensor as [outer, axis, inner].</summary>
internal static class ColumnLayout
{
    /// <summary>Elements from one index of a dimension to the next; 1 means that the dimension is the last one.</summary>
    public static long Inner(Shape shape, int axis)
    {
        long inner = 1;
        for (int d = axis + 1; d < shape.Rank; d++)
            inner *= shape[d];
        return inner;
    }
}
