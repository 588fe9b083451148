namespace Nabla.Tests.Reference;

/// <summary>Functions that the runtime lacks, or has without care near zero, in binary64.</summary>
internal static class SpecialFunctions
{
    private const double TwoOverRootPi = 1.1283791670955125739;

    /// <summary>e^x - 1: the rounding error of e^x is divided out again (Kahan).</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        return Math.Abs(x) > 1 || double.IsNaN(x) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x), in the same way.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (u == 1)
            return x;
        return Math.Abs(x) > 1 || double.IsNaN(x) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    /// <summary>2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 .. (2n+1)) below 2, where every term is positive; 1 - erfc above.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (Math.Abs(x) >= 2)
            return Math.Sign(x) * (1 - Erfc(Math.Abs(x)));
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return TwoOverRootPi * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 - erf below 2; above, e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))), from the inside out.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x < 2)
            return x < -2 ? 2 - Erfc(-x) : 1 - Erf(x);
        double tail = x;
        for (int n = 200; n >= 1; n--)
            tail = x + (n / 2.0 / tail);
        return double.IsInfinity(x) ? 0 : Math.Exp(-x * x) * TwoOverRootPi / 2 / tail;
    }

    /// <summary>Newton's iteration on erf (on erfc in the tail), started from Winitzki's approximation.</summary>
    public static double Erfinv(double y)
    {
        if (!(Math.Abs(y) < 1))
            return Math.Abs(y) == 1 ? y / 0.0 : double.NaN;
        double size = Math.Abs(y), log = Log1p(-size) + Log1p(size), shift = (2 / (Math.PI * 0.147)) + (log / 2);
        double x = Math.Sqrt(Math.Sqrt((shift * shift) - (log / 0.147)) - shift);
        for (int i = 0; i < 6; i++)
        {
            double error = size < 0.5 ? Erf(x) - size : (1 - size) - Erfc(x);
            double step = error / (TwoOverRootPi * Math.Exp(-x * x));
            x -= step / (1 + (x * step)); // Halley's correction: erf'' = -2x erf'
        }

        return Math.CopySign(x, y);
    }

    /// <summary>log |gamma(x)|: reflected to x above 0, shifted up to 15, then Stirling's series.</summary>
    public static double Lgamma(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (double.IsInfinity(x) || (x <= 0 && x == Math.Floor(x)))
            return double.PositiveInfinity;
        if (x < 0.5)
            return x > -0.5 ? Lgamma(1 + x) - Math.Log(Math.Abs(x)) : Math.Log(Math.PI / Math.Abs(Math.Sin(Angle(x)))) - Lgamma(1 - x);
        double product = 1;
        for (; x < 15; x++)
            product *= x;
        double r = 1 / (x * x);
        double series = ((((((-691.0 / 360360 * r) + (1.0 / 1188)) * r) - (1.0 / 1680)) * r + (1.0 / 1260)) * r - (1.0 / 360)) * r + (1.0 / 12);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x) - Math.Log(product);
    }

    /// <summary>The derivative of lgamma: reflected, shifted up to 15, then log(x) - 1/2x - sum of B(2n)/(2n x^2n).</summary>
    public static double Digamma(double x)
    {
        if (x == 0)
            return Math.CopySign(double.PositiveInfinity, -x);
        if (double.IsNaN(x) || double.IsNegativeInfinity(x) || (x < 0 && x == Math.Floor(x)))
            return double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        if (x < 0)
            return Digamma(1 - x) - (Math.PI / Math.Tan(Angle(x)));
        double shift = 0;
        for (; x < 15; x++)
            shift += 1 / x;
        double r = 1 / (x * x);
        double series = ((((((-691.0 / 32760 * r) + (1.0 / 132)) * r) - (1.0 / 240)) * r + (1.0 / 252)) * r - (1.0 / 120)) * r + (1.0 / 12);
        return Math.Log(x) - (0.5 / x) - (series * r) - shift;
    }

    /// <summary>pi x, less a multiple of pi: that is taken off before the rounding of pi can count.</summary>
    private static double Angle(double x) => Math.PI * (x - Math.Round(x));
}
