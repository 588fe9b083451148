namespace Nabla;

/// <summary>Results that are their sums, in the type of the elements.</summary>
internal static unsafe class FinishedRow
{
    /// <summary>As they are, or rounded to float32; false, and nothing written, where elements have another type than sums.</summary>
    public static bool Write<T, TSum>(T* y, TSum* sums, nint count) where T : unmanaged where TSum : unmanaged
    {
        if (typeof(T) == typeof(TSum))
            new Span<T>(sums, (int)count).CopyTo(new(y, (int)count));
        else if (typeof(T) == typeof(float) && typeof(TSum) == typeof(double))
            Widening.Narrow((double*)sums, (float*)y, count);
        else
            return false;
        return true;
    }
}
