namespace Nabla;

internal static partial class SpecialFunctions
{
    /// <summary>
    /// The n-th derivative of digamma for n of 2 or more: (-1)^(n+1) n! zeta(n + 1, x). The recurrence lifts x by 7, where the
    /// Euler-Maclaurin series converges; below 1/2 reflection, psi_n(x) = (-1)^n psi_n(1 - x) - pi d^n/dx^n cot(pi x).
    /// Source: Abramowitz and Stegun, 6.4.7 and 23.2.9.
    /// </summary>
    public static Tensor Polygamma(int n, Tensor x)
    {
        var reflect = x.Lt(0.5);
        var upper = Tensor.Where(reflect, 1 - x, x);
        double sign = n % 2 == 0 ? -1 : 1, factorial = 1;
        for (int i = 2; i <= n; i++)
            factorial *= i;
        var direct = HurwitzZeta(n + 1, upper) * (sign * factorial);

        // At the poles (0, -1, …) the sine is not quite 0 in floating point: they are named.
        var pole = x.Le(0).LogicalAnd(x.Eq(x.Floor()));
        var angle = Tensor.Where(reflect.LogicalAnd(pole.LogicalNot()), x, Tensor.Full([], 0.25, x.DType, x.Device)) * Math.PI;
        var mirrored = direct * (n % 2 == 0 ? 1 : -1) - CotangentDerivative(n, angle.Cos() / angle.Sin()) * Math.PI;
        var infinity = Tensor.Full([], sign * double.PositiveInfinity, x.DType, x.Device);
        return Tensor.Where(pole, infinity, Tensor.Where(reflect, mirrored, direct));
    }

    /// <summary>sum over k of (x + k)^-s, for x of at least 1/2.</summary>
    private static Tensor HurwitzZeta(int s, Tensor x)
    {
        const int Lift = 7;
        var sum = x.Pow(-(double)s);
        for (int k = 1; k < Lift; k++)
            sum = sum + (x + k).Pow(-(double)s);

        // The rest is z^(1 - s) (1 / (s - 1) + 1 / 2z + series in 1 / z^2): one power, where a power for each term costs twice as much in all.
        ReadOnlySpan<double> bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798];
        Span<double> terms = stackalloc double[bernoulli.Length];
        double factor = s / 2.0; // s (s + 1) … (s + 2j - 2) / (2j)!
        for (int j = 1; j <= terms.Length; j++)
        {
            terms[j - 1] = bernoulli[j - 1] * factor;
            factor *= (s + 2.0 * j - 1) * (s + 2.0 * j) / ((2.0 * j + 1) * (2.0 * j + 2));
        }

        var inverse = (x + Lift).Reciprocal();
        var square = inverse * inverse;
        var series = square * terms[^1];
        for (int j = terms.Length - 2; j >= 0; j--)
            series = (series + terms[j]) * square;
        return sum + inverse.Pow(s - 1.0) * (series + inverse * 0.5 + 1.0 / (s - 1));
    }

    /// <summary>d^n/dx^n cot(pi x) as a polynomial in c = cot(pi x), since c' = -pi (1 + c^2).</summary>
    private static Tensor CotangentDerivative(int n, Tensor c)
    {
        double[] polynomial = [0, 1];
        for (int i = 0; i < n; i++)
        {
            var next = new double[polynomial.Length + 1];
            for (int power = 1; power < polynomial.Length; power++)
            {
                next[power - 1] -= Math.PI * power * polynomial[power];
                next[power + 1] -= Math.PI * power * polynomial[power];
            }

            polynomial = next;
        }

        var value = Tensor.FullLike(c, polynomial[^1]);
        for (int power = polynomial.Length - 2; power >= 0; power--)
            value = value * c + polynomial[power];
        return value;
    }
}
