namespace Nabla.Tests;

/// <summary>Errors of float32 results.</summary>
internal static class Ulp
{
    /// <summary>In units in the last place of the float32 nearest to the reference.</summary>
    public static double Error(float y, double reference)
    {
        float rounded = (float)reference;
        if (float.IsNaN(rounded) || float.IsNaN(y))
            return float.IsNaN(rounded) == float.IsNaN(y) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity(rounded) || float.IsInfinity(y))
            return rounded.Equals(y) ? 0 : Math.Abs(reference) > 3.4028e38 ? 0 : double.PositiveInfinity;
        return Math.Abs(y - reference) / ((double)MathF.BitIncrement(Math.Abs(rounded)) - Math.Abs(rounded));
    }
}
