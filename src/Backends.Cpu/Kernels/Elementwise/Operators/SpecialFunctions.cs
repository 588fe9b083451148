namespace Nabla;

/// <summary>Functions that <see cref="Math"/> does not have, in binary64; float32 takes them rounded once.</summary>
internal static partial class SpecialFunctions
{
    /// <summary>e^x - 1. The rounding error of e^x is divided out by its own logarithm (Kahan).</summary>
    public static double Expm1(double x)
    {
        double e = Math.Exp(x);
        if (e == 1)
            return x;
        double less = e - 1;
        return less == -1 || double.IsInfinity(e) || double.IsNaN(e) ? less : less * (x / Math.Log(e));
    }

    /// <summary>log(1 + x). The rounding error of 1 + x is divided out (Kahan).</summary>
    public static double Log1p(double x)
    {
        double more = 1 + x;
        if (more == 1)
            return x;
        return double.IsFinite(more) && more > 0 ? Math.Log(more) * (x / (more - 1)) : Math.Log(more);
    }
}
