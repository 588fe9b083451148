namespace Nabla;

public static partial class Functional
{
    /// <summary>The p-norm of x1 - x2 + eps over the last dimension. PyTorch: <c>torch.nn.functional.pairwise_distance</c>.</summary>
    public static Tensor PairwiseDistance(Tensor x1, Tensor x2, double p = 2, double eps = 1e-6, bool keepDim = false)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(VectorNorm.Of(x1 - x2 + eps, p, -1, keepDim));
    }

    /// <summary>
    /// x1 . x2 / (|x1| |x2|) along a dimension, each norm at least eps; broadcasts. PyTorch: <c>torch.nn.functional.cosine_similarity</c>.
    /// </summary>
    public static Tensor CosineSimilarity(Tensor x1, Tensor x2, int dim = 1, double eps = 1e-8)
    {
        RequireFloat(x1, "cosine_similarity");
        RequireFloat(x2, "cosine_similarity");
        var shape = Broadcasting.Join(x1.Shape, x2.Shape, "cosine_similarity");
        int axis = shape.Axis(dim, "cosine_similarity");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep((Unit(x1) * Unit(x2)).Sum(axis));

        Tensor Unit(Tensor x)
        {
            x = x.Expand(shape);
            return x / Floor(VectorNorm.Of(x, 2, axis, keepDim: true), eps);
        }
    }

    /// <summary>
    /// x / max(|x|, eps), with the p-norm along a dimension. PyTorch: <c>torch.nn.functional.normalize</c>.
    /// </summary>
    public static Tensor Normalize(Tensor input, double p = 2, int dim = 1, double eps = 1e-12)
    {
        RequireFloat(input, "normalize");
        return Wide(input, x => x / AtLeast(VectorNorm.Of(x, p, x.Shape.Axis(dim, "normalize"), keepDim: true), eps));
    }

    /// <summary>
    /// The p-norms of all differences of rows: y[i, j] = |x1[i] - x2[j]|. Shapes [.., n, d] and [.., m, d] give [.., n, m]; the leading
    /// dimensions broadcast. Of more than 25 rows the 2-norm is that of |a|^2 + |b|^2 - 2 ab, which is fast, but of near rows coarse.
    /// PyTorch: <c>torch.cdist</c>.
    /// </summary>
    /// <exception cref="ShapeException">The rows differ in length.</exception>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    /// <exception cref="TensorArgumentException">p is negative.</exception>
    public static Tensor CDist(Tensor x1, Tensor x2, double p = 2)
    {
        RequireFloat(x1, "cdist");
        RequireFloat(x2, "cdist");
        if (x1.Dim < 2 || x2.Dim < 2 || x1.Shape[^1] != x2.Shape[^1])
            throw new ShapeException("cdist", $"{x1.Shape} and {x2.Shape} do not have rows of one length: [.., n, d] and [.., m, d].");
        if (p < 0)
            throw new TensorArgumentException("cdist", $"p is {p}; it is at least 0.");
        using var temporaries = TemporaryScope.Open();
        if (p == 2 && x1.Shape[^1] > 0 && Math.Max(x1.Shape[^2], x2.Shape[^2]) > 25) // PyTorch's choice
            return temporaries.Keep(ByProduct(x1, x2));
        var differences = x1.Unsqueeze(-2) - x2.Unsqueeze(-3);
        return temporaries.Keep(VectorNorm.Of(differences, x1.Shape[^1] == 0 ? 1 : p, -1, keepDim: false)); // rows without elements are 0 apart, also where p is infinite
    }

    /// <summary>The distances of many rows from one product of matrices: [-2 a, |a|^2, 1] [b, 1, |b|^2]^T.</summary>
    private static Tensor ByProduct(Tensor x1, Tensor x2)
    {
        var dtype = Promotion.Result(x1, x2);
        Tensor a = x1.Cast(dtype.Accumulator()), b = x2.Cast(dtype.Accumulator());
        Tensor squareA = (a * a).Sum([-1], keepDim: true), squareB = (b * b).Sum([-1], keepDim: true);
        var squares = Tensor.Cat([a * -2, squareA, Tensor.OnesLike(squareA)], -1).MatMul(Tensor.Cat([b, Tensor.OnesLike(squareB), squareB], -1).MT);
        return VectorNorm.Root(squares.Maximum(0.0), 0.5).Cast(dtype);
    }

    /// <summary>The value is at least eps, the gradient that of the norm itself: the bound only keeps the division defined.</summary>
    private static Tensor Floor(Tensor norm, double eps) => norm + (AtLeast(norm.Detach(), eps) - norm.Detach());
}
