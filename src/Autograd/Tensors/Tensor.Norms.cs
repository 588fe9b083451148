namespace Nabla;

/// <content>Norms of vectors.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The p-norm of all elements: (sum |x|^p)^(1/p). Infinite p: the largest |x|, or the smallest for -infinity; 0: how many differ from
    /// 0. Where the norm is 0, so is its gradient. PyTorch: <c>torch.norm</c>.
    /// </summary>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor Norm(double p = 2) => Norm(p, []);

    /// <summary>The p-norm along a dimension. PyTorch: <c>torch.norm</c>.</summary>
    public Tensor Norm(double p, int dim, bool keepDim = false) => Norm(p, [dim], keepDim);

    /// <summary>The p-norm along dimensions; none given means all. PyTorch: <c>torch.norm</c>.</summary>
    public Tensor Norm(double p, ReadOnlySpan<int> dims, bool keepDim = false)
    {
        RequireFloat("norm");
        return VectorNorm.Of(this, p, dims, keepDim);
    }

    /// <summary>
    /// Every part along a dimension scaled down to the p-norm <paramref name="maxNorm"/>, where its norm is larger. PyTorch: <c>torch.renorm</c>.
    /// </summary>
    /// <param name="p">Which norm; positive.</param>
    /// <param name="dim">The dimension whose parts are looked at one by one.</param>
    /// <param name="maxNorm">The largest norm that stays; not negative.</param>
    /// <exception cref="TensorArgumentException">p is not positive, or the limit is negative.</exception>
    public Tensor Renorm(double p, int dim, double maxNorm)
    {
        const double AgainstZero = 1e-7; // PyTorch's, so that a quotient by the norm exists
        if (!(p > 0) || !(maxNorm >= 0))
            throw new TensorArgumentException("renorm", $"p {p} must be positive and the limit {maxNorm} not negative.");
        if (Dim < 2)
            throw new ShapeException("renorm", $"{Shape} has no parts along a dimension: at least two dimensions are needed.");
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, "renorm");
        int[] others = [.. Enumerable.Range(0, Dim).Where(d => d != axis)];
        var x = Cast(DType.Accumulator());
        var norm = x.Norm(p, others, keepDim: true);
        var factor = Where(norm.Gt(maxNorm), maxNorm / (norm + AgainstZero), Ones([], x.DType, Device));
        return temporaries.Keep((x * factor).Cast(DType));
    }
}
