namespace Nabla;

/// <summary>Whether two tensors share elements.</summary>
public static class Aliasing
{
    /// <summary>The very same elements in the same order.</summary>
    public static bool Same(DeviceTensor a, DeviceTensor b) =>
        ReferenceEquals(a, b) || (a.Storage == b.Storage && a.DType == b.DType && a.Shape == b.Shape && a.Layout.Offset == b.Layout.Offset && a.Layout.Strides.Equals(b.Layout.Strides));

    /// <summary>
    /// Whether some elements are shared although the tensors are not the same. Exact for layouts that are equal but for their offset
    /// (interleaved slices do not overlap); otherwise by the range of addresses, and so on the safe side.
    /// </summary>
    public static bool OverlapPartly(DeviceTensor a, DeviceTensor b)
    {
        if (a.Storage != b.Storage || Same(a, b))
            return false;
        var (firstA, lastA) = a.Layout.Extent(a.Shape);
        var (firstB, lastB) = b.Layout.Extent(b.Shape);
        if (firstA > lastB || firstB > lastA)
            return false;
        return !Interleaved(a, b);
    }

    /// <summary>Both walk in multiples of a common step, and their offsets differ by something else: they never meet.</summary>
    private static bool Interleaved(DeviceTensor a, DeviceTensor b)
    {
        long step = 0;
        foreach (long s in a.Layout.Strides.AsSpan())
            step = Gcd(step, Math.Abs(s));
        foreach (long s in b.Layout.Strides.AsSpan())
            step = Gcd(step, Math.Abs(s));
        return step > 1 && (a.Layout.Offset - b.Layout.Offset) % step != 0;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
