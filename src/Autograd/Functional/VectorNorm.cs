namespace Nabla;

/// <summary>Norms along a dimension, with the gradients that PyTorch gives where the derivative does not exist: 0 at 0.</summary>
internal static class VectorNorm
{
    /// <summary>(sum |x|^p)^(1/p); the number of nonzero elements for p = 0, the extremes of |x| for infinite p.</summary>
    public static Tensor Of(Tensor x, double p, int dim, bool keepDim)
    {
        if (x.Dim == 0)
            return x.Abs();
        switch (p)
        {
            case 0:
                return x.Ne(0).To(x.DType).Sum(dim, keepDim);
            case 1:
                return x.Abs().Sum(dim, keepDim);
            case 2:
                return Root((x * x).Sum(dim, keepDim), 0.5);
            case double.PositiveInfinity:
                return x.Abs().AMax([dim], keepDim);
            case double.NegativeInfinity:
                return x.Abs().AMin([dim], keepDim);
            default:
                return Root(Power(x.Abs(), p).Sum(dim, keepDim), 1 / p);
        }
    }

    /// <summary>x^p of what is not negative; the slope at 0, infinite for p below 1, counts as 0.</summary>
    private static Tensor Power(Tensor magnitude, double p)
    {
        if (p >= 1)
            return magnitude.Pow(p);
        var zero = magnitude.Eq(0);
        var safe = Tensor.Where(zero, Functional.Constant(magnitude, 1), magnitude);
        return Tensor.Where(zero, Functional.Constant(magnitude, p > 0 ? 0 : double.PositiveInfinity), safe.Pow(p));
    }

    private static Tensor Root(Tensor sum, double exponent)
    {
        var zero = sum.Eq(0);
        var safe = Tensor.Where(zero, Functional.Constant(sum, 1), sum);
        var root = exponent == 0.5 ? safe.Sqrt() : safe.Pow(exponent);
        return Tensor.Where(zero, Functional.Constant(sum, exponent > 0 ? 0 : double.PositiveInfinity), root);
    }
}
