namespace Nabla;

/// <summary>Whether two tensors share elements.</summary>
public static class Aliasing
{
    /// <summary>The very same elements in the same order.</summary>
    public static bool Same(DeviceTensor a, DeviceTensor b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Storage != b.Storage || a.DType != b.DType || a.Shape != b.Shape || a.Layout.Offset != b.Layout.Offset)
            return false;
        for (int d = 0; d < a.Shape.Rank; d++)
            if (a.Shape[d] > 1 && a.Layout.Strides[d] != b.Layout.Strides[d])
                return false; // where there is one index, the step means nothing
        return true;
    }

    /// <summary>
    /// Whether some elements are shared although the tensors are not the same. Exact for what views of one tensor give: left and right
    /// half of its columns, even and odd rows, reversals. Only layouts that do not nest and are large may be refused without need.
    /// </summary>
    public static bool OverlapPartly(DeviceTensor a, DeviceTensor b)
    {
        if (a.Storage != b.Storage || Same(a, b) || a.Shape.ElementCount == 0 || b.Shape.ElementCount == 0)
            return false;
        // In elements where they are of a size, else in bytes, of which each element has several.
        int sizeA = a.DType.Size(), sizeB = b.DType.Size();
        bool bytes = sizeA != sizeB;
        var sum = new StrideSum(stackalloc long[StrideSum.Words]);
        long target = sum.AddMinus(b, bytes ? sizeB : 1) - sum.Add(a, bytes ? sizeA : 1);
        return sum.Reaches(target);
    }
}
