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
        if (x < 0.5) return x < -0.5 ? 2 - Tail(-x) : 1 - Series(x);
        return Tail(x);
    }

    /// <summary>The distribution function of the normal distribution.</summary>
    public static double Normal(double x) => 0.5 * Erfc(-x * 0.7071067811865476);

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

    /// <summary>1 - erf(x) from 0.5: e^(-x^2) times a slowly varying function of (x - 4) / (x + 4), in Chebyshev polynomials.</summary>
    private static double Tail(double x)
    {
        double t = ((x - Centre) / (x + Centre) - Low) / (High - Low) * 2 - 1, b1 = 0, b2 = 0;
        for (int k = ScaledTail.Length - 1; k > 0; k--)
            (b1, b2) = ((2 * t * b1) - b2 + ScaledTail[k], b1);
        double scaled = (t * b1) - b2 + ScaledTail[0];
        // e^(-x^2) with the square split, so that its rounding error does not grow with x.
        double high = Math.Round(x * 16) / 16, low = x - high;
        return Math.Exp(-high * high) * Math.Exp(-low * (x + high)) * scaled;
    }

    private const double Centre = 4, From = 0.5, To = 28;
    private const double Low = (From - Centre) / (From + Centre), High = (To - Centre) / (To + Centre);

    /// <summary>Coefficients of e^(x^2) erfc(x) on the mapped interval, computed once from the continued fraction.</summary>
    private static readonly double[] ScaledTail = Interpolate(40);

    private static double[] Interpolate(int terms)
    {
        var coefficients = new double[terms];
        for (int i = 0; i < terms; i++)
        {
            double angle = Math.PI * (i + 0.5) / terms, u = Low + ((Math.Cos(angle) + 1) / 2 * (High - Low));
            double value = Fraction(Centre * (1 + u) / (1 - u));
            for (int k = 0; k < terms; k++)
                coefficients[k] += (k == 0 ? 1 : 2) * value * Math.Cos(k * angle) / terms;
        }

        return coefficients;
    }

    /// <summary>e^(x^2) erfc(x) = 1 / sqrt(pi) / (x + (1/2)/(x + (2/2)/(x + ..))), from the far end; at 0.5 a thousand terms give all digits.</summary>
    private static double Fraction(double x)
    {
        double fraction = x;
        for (int n = 1500; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        return TwoOverSqrtPi / 2 / fraction;
    }
}
