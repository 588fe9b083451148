namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// -(y log(x) + (1 - y) log(1 - x)), the logarithms at least -100. PyTorch: <c>torch.nn.functional.binary_cross_entropy</c>.
    /// </summary>
    /// <param name="input">Probabilities, between 0 and 1.</param>
    /// <param name="target">Between 0 and 1; the shape of the input.</param>
    /// <param name="weight">Factors of the elements; broadcasts.</param>
    /// <param name="reduction">What becomes of the elements' losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="TensorArgumentException">A probability lies outside 0 .. 1.</exception>
    public static Tensor BinaryCrossEntropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        const string Op = "binary_cross_entropy";
        RequireSame(input, target, Op);
        RequireFloat(input, Op);
        using var temporaries = TemporaryScope.Open();
        var losses = Wide(input, x => CrossEntropyOfProbability(x, target.Cast(x.DType)));
        losses = Checked(losses, input.Detach(), x => x.Ge(0).LogicalAnd(x.Le(1)), Op, "a probability lies outside 0 .. 1; apply Sigmoid(), or use BinaryCrossEntropyWithLogits.");
        return temporaries.Keep((weight is null ? losses : losses * weight).Reduce(reduction, Op));
    }

    /// <summary>
    /// -(p y log(sigmoid(x)) + (1 - y) log(1 - sigmoid(x))), p the weight of positives, without overflow.
    /// PyTorch: <c>torch.nn.functional.binary_cross_entropy_with_logits</c>.
    /// </summary>
    /// <param name="input">Scores, of any size.</param>
    /// <param name="target">Between 0 and 1; the shape of the input.</param>
    /// <param name="weight">Factors of the elements; broadcasts.</param>
    /// <param name="posWeight">Factors of positive answers; broadcasts.</param>
    /// <param name="reduction">What becomes of the elements' losses.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor input, Tensor target, Tensor? weight = null, Tensor? posWeight = null, Reduction reduction = Reduction.Mean)
    {
        const string Op = "binary_cross_entropy_with_logits";
        RequireSame(input, target, Op);
        RequireFloat(input, Op);
        using var temporaries = TemporaryScope.Open();
        var tail = -LogSigmoid(input);
        var losses = (1 - target) * input + (posWeight is null ? tail : ((posWeight - 1) * target + 1) * tail);
        return temporaries.Keep((weight is null ? losses : losses * weight).Reduce(reduction, Op));
    }

    /// <summary>log(1 + e^(-y x)), y being 1 or -1. PyTorch: <c>torch.nn.functional.soft_margin_loss</c>.</summary>
    public static Tensor SoftMarginLoss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep((-LogSigmoid(input * target)).Reduce(reduction, "soft_margin_loss"));
    }

    /// <summary>
    /// The mean over the classes (the last dimension) of -(y log(sigmoid(x)) + (1 - y) log(1 - sigmoid(x))).
    /// PyTorch: <c>torch.nn.functional.multilabel_soft_margin_loss</c>.
    /// </summary>
    public static Tensor MultilabelSoftMarginLoss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        var losses = -(target * LogSigmoid(input) + (1 - target) * LogSigmoid(-input));
        return temporaries.Keep((weight is null ? losses : losses * weight).Mean(-1).Reduce(reduction, "multilabel_soft_margin_loss"));
    }

    /// <summary>
    /// Within the bounds the formula itself. Where x (1 - x) is below 1e-12 the logarithms are bounded by -100, and the slope in x is
    /// (x - y) / 1e-12, as PyTorch bounds its gradient: the slope of a parabola, whose value is taken away again.
    /// </summary>
    private static Tensor CrossEntropyOfProbability(Tensor x, Tensor y)
    {
        const double Least = 1e-12;
        var fixedX = x.Detach();
        var edge = (fixedX * (1 - fixedX)).Lt(Least);
        var inside = Tensor.Where(edge, Constant(x, 0.5), x);
        var smooth = y * inside.Log() + (1 - y) * (1 - inside).Log();
        var bounded = y * fixedX.Log().Maximum(-100) + (1 - y) * (1 - fixedX).Log().Maximum(-100);
        var parabola = (x - y.Detach()).Square() * (0.5 / Least);
        return Tensor.Where(edge, parabola - parabola.Detach() - bounded, -smooth);
    }

    private static void RequireSame(Tensor input, Tensor target, string op)
    {
        if (input.Shape != target.Shape)
            throw new ShapeException(op, $"the input {input.Shape} and the target {target.Shape} differ; Reshape or Expand one.");
    }
}
