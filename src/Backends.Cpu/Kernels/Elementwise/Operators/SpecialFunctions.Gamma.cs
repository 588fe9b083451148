namespace Nabla;

/// <summary>The logarithm of the gamma function, and its derivative.</summary>
internal static partial class SpecialFunctions
{
    private const double EulerGamma = 0.57721566490153286;

    /// <summary>Where the asymptotic series are accurate to the last bit with the terms below.</summary>
    private const double Far = 12;

    /// <summary>zeta(k) - 1 for k from 0 (unused below 2): coefficients about 1.</summary>
    private static readonly double[] ZetaLessOne = [.. Enumerable.Range(0, 45).Select(Zeta)];

    public static double LogGamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (double.IsInfinity(x)) return double.PositiveInfinity;
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x <= -0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * FromNearest(x)))) - LogGamma(1 - x);
        if (x < 0.5) return NearOne(x) - Math.Log(Math.Abs(x)); // gamma(x) = gamma(1 + x) / x, which does not overflow beside 0
        if (x < 1.5) return NearOne(x - 1);
        if (x < 2.5) return NearOne(x - 2) + Log1p(x - 2);
        double product = 1;
        for (; x < Far; x++)
            product *= x;
        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square * ((1 / 1680.0)
            - (square * ((1 / 1188.0) - (square * (691 / 360360.0)))))))))));
        return ((x - 0.5) * Math.Log(x)) - x + 0.91893853320467274 + series - Math.Log(product);
    }

    public static double Digamma(double x)
    {
        if (double.IsNaN(x) || double.IsNegativeInfinity(x)) return double.NaN;
        if (x == 0) return Math.CopySign(double.PositiveInfinity, -x);
        if (x < 0 && x == Math.Floor(x)) return double.NaN;
        if (x < 0) return Digamma(1 - x) - (Math.PI / Math.Tan(Math.PI * FromNearest(x)));
        double shift = 0;
        for (; x < Far; x++)
            shift += 1 / x;
        double square = 1 / (x * x);
        double series = square * ((1 / 12.0) - (square * ((1 / 120.0) - (square * ((1 / 252.0) - (square * ((1 / 240.0)
            - (square * ((1 / 132.0) - (square * (691 / 32760.0)))))))))));
        return Math.Log(x) - (0.5 / x) - series - shift;
    }

    /// <summary>log gamma(1 + z) = -log(1 + z) + z (1 - gamma) + sum (-1)^k (zeta(k) - 1) z^k / k: keeps its digits at the zeros 1 and 2.</summary>
    private static double NearOne(double z)
    {
        double sum = 0;
        for (int k = ZetaLessOne.Length - 1; k >= 2; k--)
            sum = (sum * -z) + (ZetaLessOne[k] / k);
        return (sum * z * z) + (z * (1 - EulerGamma)) - Log1p(z);
    }

    /// <summary>From the nearest integer to x: exact, so that poles are as near on their left as on their right, and near odd ones as near even ones.</summary>
    private static double FromNearest(double x) => x - Math.Round(x);

    /// <summary>The sum of n^-k from 2, its end by Euler and Maclaurin.</summary>
    private static double Zeta(int k)
    {
        if (k < 2)
            return 0;
        const int End = 200;
        double power = Math.Pow(End, -k), sum = (power * End / (k - 1)) + (power / 2) + (k * power / (12.0 * End))
            - (k * (k + 1.0) * (k + 2.0) * power / (720.0 * End * End * End));
        for (int n = End - 1; n >= 2; n--)
            sum += Math.Pow(n, -k);
        return sum;
    }
}
