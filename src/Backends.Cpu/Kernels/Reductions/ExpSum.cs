namespace Nabla;

/// <summary>The largest of some numbers, and the sum of e^(x - <see cref="Shift"/>).</summary>
internal readonly record struct ExpSum(float Max, double Sum)
{
    /// <summary>What exponents are measured from: an infinite maximum would give inf - inf.</summary>
    public static float Shift(float max) => float.IsInfinity(max) ? 0 : max;

    /// <summary>Of elements the largest of which is infinite: they are -infinity all, or their sum is infinite.</summary>
    public static ExpSum Infinite(float max) => new(max, max > 0 ? double.PositiveInfinity : 0);
}
