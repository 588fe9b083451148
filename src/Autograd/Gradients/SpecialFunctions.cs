namespace Nabla;

/// <summary>Special functions that no device offers as a primitive, as tensor expressions: differentiable themselves.</summary>
internal static partial class SpecialFunctions
{
    /// <summary>
    /// The derivative of digamma. The recurrence psi1(x) = psi1(x + 1) + 1/x^2 lifts the argument by 8, where the asymptotic series
    /// 1/x + 1/(2x^2) + sum B2k / x^(2k+1) holds to double precision; below 1/2 the reflection psi1(x) = (pi / sin(pi x))^2 - psi1(1 - x).
    /// Source: Abramowitz and Stegun, 6.4.
    /// </summary>
    public static Tensor Trigamma(Tensor x)
    {
        var reflect = x.Lt(0.5);
        var z = Tensor.Where(reflect, 1 - x, x);
        var sum = Tensor.ZerosLike(z);
        for (int i = 0; i < 8; i++)
        {
            sum = sum + (z * z).Reciprocal();
            z = z + 1;
        }

        var r = z.Reciprocal();
        var r2 = r * r;
        ReadOnlySpan<double> bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6];
        var series = r2 * bernoulli[^1];
        for (int i = bernoulli.Length - 2; i >= 0; i--)
            series = (series + bernoulli[i]) * r2;
        var lifted = sum + r + r2 * 0.5 + series * r;
        var sine = (Tensor.Where(reflect, x, Tensor.Full([], 0.5, x.DType, x.Device)) * Math.PI).Sin(); // where it does not count, no pole reaches a gradient
        return Tensor.Where(reflect, (Math.PI * Math.PI) / (sine * sine) - lifted, lifted);
    }
}
