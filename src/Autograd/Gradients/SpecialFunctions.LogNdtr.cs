namespace Nabla;

internal static partial class SpecialFunctions
{
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>
    /// log of the normal distribution function. Above -1 as log1p(-erfc(x / sqrt 2) / 2); below as log(erfc(-x / sqrt 2) / 2), until
    /// erfc underflows; below -12 by the asymptotic series -x^2/2 - log(-x sqrt(2 pi)) + log(1 - 1/x^2 + 3/x^4 - 15/x^6 + …).
    /// Source: Abramowitz and Stegun, 26.2.12. Each branch sees only arguments of its own, so that no NaN reaches a gradient.
    /// </summary>
    public static Tensor LogNdtr(Tensor x)
    {
        const double Far = -12;
        var (near, far) = (x.Gt(-1), x.Lt(Far));
        Tensor At(double value) => Tensor.Full([], value, x.DType, x.Device);

        var upper = (Tensor.Where(near, x, At(0)) * SqrtHalf).Erfc();
        var middle = (Tensor.Where(near.LogicalOr(far), At(-2), x) * -SqrtHalf).Erfc();
        var z = Tensor.Where(far, x, At(2 * Far));
        var r = (z * z).Reciprocal();
        var series = Tensor.OnesLike(r);
        for (int k = 10; k >= 1; k--)
            series = 1 - series * r * (2 * k - 1);
        var tail = z * z * -0.5 - (z * -Math.Sqrt(2 * Math.PI)).Log() + series.Log();
        return Tensor.Where(near, (upper * -0.5).Log1p(), Tensor.Where(far, tail, (middle * 0.5).Log()));
    }
}
