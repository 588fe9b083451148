namespace Nabla;

/// <summary>Norms along dimensions, with the gradients that PyTorch gives where the derivative does not exist: 0 at 0.</summary>
internal static class VectorNorm
{
    /// <summary>
    /// (sum |x|^p)^(1/p); the number of nonzero elements for p = 0, the extremes of |x| for infinite p. No dimension named means all. Powers of half
    /// types are float32: 300 squared is none of theirs.
    /// </summary>
    public static Tensor Of(Tensor x, double p, ReadOnlySpan<int> dims, bool keepDim)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(InFull(x.Cast(x.DType.Accumulator()), p, dims, keepDim).Cast(x.DType));
    }

    private static Tensor InFull(Tensor x, double p, ReadOnlySpan<int> dims, bool keepDim) => p switch
    {
        0 => Tensor.Where(x.Ne(0), Functional.Constant(x, 1), x.Sign()).Sum(dims, keepDim), // of Sign for its gradient, which is 0
        1 => x.Abs().Sum(dims, keepDim),
        2 => Root((x * x).Sum(dims, keepDim), 0.5),
        double.PositiveInfinity => x.Abs().AMax(dims, keepDim),
        double.NegativeInfinity => x.Abs().AMin(dims, keepDim),
        _ => Root(Power(x.Abs(), p).Sum(dims, keepDim), 1 / p),
    };

    /// <summary>As the other overload, for one dimension.</summary>
    public static Tensor Of(Tensor x, double p, int dim, bool keepDim) => Of(x, p, [dim], keepDim);

    /// <summary>x^exponent of what is not negative; where x is 0, the gradient is 0 instead of infinite.</summary>
    public static Tensor Root(Tensor x, double exponent)
    {
        if (!x.IsRecorded)
            return exponent == 0.5 ? x.Sqrt() : x.Pow(exponent);
        var zero = x.Eq(0);
        var safe = Tensor.Where(zero, Functional.Constant(x, 1), x);
        var root = exponent == 0.5 ? safe.Sqrt() : safe.Pow(exponent);
        return Tensor.Where(zero, Functional.Constant(x, exponent > 0 ? 0 : double.PositiveInfinity), root);
    }

    /// <summary>x^p of what is not negative; the slope at 0, infinite for p below 1, counts as 0.</summary>
    private static Tensor Power(Tensor magnitude, double p) => p >= 1 ? magnitude.Pow(p) : Root(magnitude, p);
}
