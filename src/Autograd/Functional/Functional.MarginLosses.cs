namespace Nabla;

public static partial class Functional
{
    /// <summary>max(0, -y (x1 - x2) + margin), y being 1 or -1. PyTorch: <c>torch.nn.functional.margin_ranking_loss</c>.</summary>
    public static Tensor MarginRankingLoss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(AtLeast(-target * (input1 - input2) + margin, 0).Reduce(reduction, "margin_ranking_loss"));
    }

    /// <summary>
    /// x where y is 1, max(0, margin - x) where y is -1. PyTorch: <c>torch.nn.functional.hinge_embedding_loss</c>.
    /// </summary>
    public static Tensor HingeEmbeddingLoss(Tensor input, Tensor target, double margin = 1, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();

        // Written as two parts, as PyTorch does: a target that is neither 1 nor -1 counts for both.
        var zero = Constant(input, 0);
        var near = Tensor.Where(target.Ne(-1), input, zero);
        var far = Tensor.Where(target.Ne(1), AtLeast(margin - input, 0), zero);
        return temporaries.Keep((near + far).Reduce(reduction, "hinge_embedding_loss"));
    }

    /// <summary>
    /// 1 - cos(x1, x2) where y is 1, max(0, cos(x1, x2) - margin) where y is -1. Rows are the last dimension.
    /// PyTorch: <c>torch.nn.functional.cosine_embedding_loss</c>.
    /// </summary>
    /// <exception cref="ShapeException">The target does not have one answer for each row.</exception>
    public static Tensor CosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        const string Op = "cosine_embedding_loss";
        if (target.Dim is not (0 or 1) || input1.Dim != target.Dim + 1 || input2.Dim != target.Dim + 1)
            throw new ShapeException(Op, $"{input1.Shape}, {input2.Shape} and the target {target.Shape} do not fit: [n, d], [n, d] and [n], or [d], [d] and [].");
        const double Least = 1e-12;
        using var temporaries = TemporaryScope.Open();
        var square1 = (input1 * input1).Sum(-1) + Least;
        var square2 = (input2 * input2).Sum(-1) + Least;
        var cosine = (input1 * input2).Sum(-1) / (square1 * square2).Sqrt();
        var zero = Constant(cosine, 0);
        var same = Tensor.Where(target.Eq(1), 1 - cosine, zero);
        var different = Tensor.Where(target.Eq(-1), AtLeast(cosine - margin, 0), zero);
        return temporaries.Keep((same + different).Reduce(reduction, Op));
    }

    /// <summary>
    /// max(0, margin + |a - p| - |a - n|) with the p-norm of <see cref="PairwiseDistance"/>; with <paramref name="swap"/> the smaller of
    /// |a - n| and |p - n|. PyTorch: <c>torch.nn.functional.triplet_margin_loss</c>.
    /// </summary>
    public static Tensor TripletMarginLoss(
        Tensor anchor, Tensor positive, Tensor negative, double margin = 1, double p = 2, double eps = 1e-6, bool swap = false, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        var near = PairwiseDistance(anchor, positive, p, eps);
        var far = PairwiseDistance(anchor, negative, p, eps);
        if (swap)
            far = far.Minimum(PairwiseDistance(positive, negative, p, eps));
        return temporaries.Keep(AtLeast(near - far + margin, 0).Reduce(reduction, "triplet_margin_loss"));
    }

    /// <summary>
    /// The mean over the classes i other than y of w[y] max(0, margin - x[y] + x[i])^p. Scores [n, classes] and targets [n], or one sample
    /// without n. PyTorch: <c>torch.nn.functional.multi_margin_loss</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">p is neither 1 nor 2.</exception>
    public static Tensor MultiMarginLoss(Tensor input, Tensor target, int p = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        const string Op = "multi_margin_loss";
        if (p is not (1 or 2))
            throw new TensorArgumentException(Op, $"p is {p}; it is 1 or 2.");
        using var temporaries = TemporaryScope.Open();
        bool single = input.Dim == 1;
        var (x, y) = single ? (input.Unsqueeze(0), target.Reshape(1)) : (input, target);
        if (x.Dim != 2 || y.Dim != 1 || x.Shape[0] != y.Shape[0])
            throw new ShapeException(Op, $"the scores {input.Shape} and the targets {target.Shape} do not fit: [n, classes] and [n].");
        long classes = x.Shape[1];
        var own = y.Unsqueeze(1);
        var excess = x - x.Gather(1, own) + margin;
        var others = Tensor.Create(new ArangeOp(DType.Int64, classes), [0, 1], x.Device).Ne(own);
        var counted = Tensor.Where(others.LogicalAnd(excess.Gt(0)), excess, Constant(excess, 0));
        var terms = p == 2 ? counted.Square() : counted;
        if (weight is not null)
            terms = terms * weight.Gather(0, y).Unsqueeze(1);
        var losses = terms.Sum(1) / classes;
        return temporaries.Keep((single ? losses.Squeeze(0) : losses).Reduce(reduction, Op));
    }
}
