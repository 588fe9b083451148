namespace Nabla;

/// <summary>The error function and its relatives.</summary>
internal static partial class SpecialFunctions
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>Where the series hands over to the continued fraction: both need few terms there.</summary>
    private const double Split = 2.5;

    public static double Erf(double x)
    {
        double z = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (z > 6) return Math.CopySign(1, x);
        return z < Split ? Series(x) : Math.CopySign(1 - Tail(z), x);
    }

    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 27.5) return 0;
        if (x < -6) return 2;
        if (x >= Split) return Tail(x);
        if (x <= -Split) return 2 - Tail(-x);
        // 1 - erf(x) cancels above one half: the fraction converges there too, with more terms.
        return x < 0.5 ? 1 - Series(x) : x < 1.25 ? TailBySeries(x) : Tail(x);
    }

    /// <summary>The x with erf(x) = y: a rough start, then Halley's method on the complement, which does not cancel near 1.</summary>
    public static double Erfinv(double y)
    {
        double p = Math.Abs(y);
        if (double.IsNaN(y) || p > 1) return double.NaN;
        if (p == 1) return Math.CopySign(double.PositiveInfinity, y);
        if (p < 1e-8) return y / TwoOverSqrtPi;
        double q = 1 - p, l = Math.Log(q * (1 + p)), half = 2 / (Math.PI * 0.147) + (l / 2);
        double x = Math.Sqrt(Math.Sqrt((half * half) - (l / 0.147)) - half); // Winitzki's closed form: 2e-3
        for (int i = 0; i < 3; i++)
        {
            double error = p < 0.5 ? Erf(x) - p : q - Erfc(x);
            double step = error / (TwoOverSqrtPi * Math.Exp(-x * x));
            x -= step / (1 + (x * step));
        }

        return Math.CopySign(x, y);
    }

    /// <summary>erf(x) = 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 .. (2n+1)): terms of one sign, so nothing cancels.</summary>
    private static double Series(double x)
    {
        double square = x * x, term = x, sum = x;
        for (int n = 1; n < 100; n++)
        {
            term *= 2 * square / ((2 * n) + 1);
            sum += term;
            if (Math.Abs(term) <= Math.Abs(sum) * 1e-17)
                break;
        }

        return TwoOverSqrtPi * Math.Exp(-square) * sum;
    }

    /// <summary>1 - erf(x) for moderate x by quadrature-free means: the Taylor series of e^(x^2) erfc(x) about 1.</summary>
    private static double TailBySeries(double x)
    {
        // With w(x) = e^(x^2) erfc(x): w' = 2 x w - 2/sqrt(pi), hence (n+1) c[n+1] = 2 (c[n] + c[n-1]) about the point 1, and n = 0 subtracts.
        const double AtOne = 0.427583576155807;
        double h = x - 1, previous = AtOne, current = (2 * AtOne) - TwoOverSqrtPi, power = h, sum = AtOne + (current * h);
        for (int n = 1; n < 60; n++)
        {
            double next = 2 * (current + previous) / (n + 1);
            power *= h;
            sum += next * power;
            (previous, current) = (current, next);
        }

        return sum * Math.Exp(-x * x);
    }

    /// <summary>erfc(x) = e^(-x^2) / sqrt(pi) / (x + (1/2)/(x + (2/2)/(x + ..))), from the far end.</summary>
    private static double Tail(double x)
    {
        int terms = x < 2 ? 200 : x < 3 ? 80 : 40;
        double fraction = x;
        for (int n = terms; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        // e^(-x^2) with the square split, so that its rounding error does not grow with x.
        double high = Math.Round(x * 16) / 16, low = x - high;
        return Math.Exp(-high * high) * Math.Exp(-low * (x + high)) * (TwoOverSqrtPi / 2) / fraction;
    }
}
