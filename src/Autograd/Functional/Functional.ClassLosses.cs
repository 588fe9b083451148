namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// -w[y] x[y] of log-probabilities x, in the element type of x. Shapes [n, classes] and [n], [classes] and [], or [n, classes, d1, ..] and
    /// [n, d1, ..]. PyTorch: <c>torch.nn.functional.nll_loss</c>.
    /// </summary>
    /// <param name="input">The logarithms of probabilities.</param>
    /// <param name="target">The classes (int64).</param>
    /// <param name="weight">Factors of the classes; the mean divides by their sum.</param>
    /// <param name="ignoreIndex">A target that does not count.</param>
    /// <param name="reduction">What becomes of the samples' losses.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="TensorIndexException">A target is not a class.</exception>
    /// <exception cref="DTypeException">The targets are not int64.</exception>
    public static Tensor NllLoss(Tensor input, Tensor target, Tensor? weight = null, long ignoreIndex = -100, Reduction reduction = Reduction.Mean)
    {
        const string Op = "nll_loss";
        RequireFloat(input, Op);
        using var temporaries = TemporaryScope.Open();
        var (scores, classes) = Samples(input, target, Op);
        var chosen = new Targets(classes, weight, ignoreIndex, scores.Shape[1], Op);
        var picked = -chosen.Pick(scores);
        return temporaries.Keep(Wide(picked, losses => chosen.Reduce(chosen.Count(losses), reduction, target.Shape, Op)).Cast(input.DType));
    }

    /// <summary>
    /// -log(softmax(x))[y]. The target holds classes (int64), shaped as for <see cref="NllLoss"/>, or probabilities, shaped as the input. Of classes the
    /// result has the element type of x, of probabilities the common one. Half types are computed in float32; the loss of a sample is rounded once.
    /// PyTorch: <c>torch.nn.functional.cross_entropy</c>.
    /// </summary>
    /// <param name="input">Scores, of any size; classes are dimension 1, or the only one.</param>
    /// <param name="target">Classes or probabilities.</param>
    /// <param name="weight">Factors of the classes; with classes as targets, the mean divides by the sum of the targets' weights.</param>
    /// <param name="ignoreIndex">A target that does not count; not for probabilities.</param>
    /// <param name="reduction">What becomes of the samples' losses.</param>
    /// <param name="labelSmoothing">How much of the target is spread over all classes: from 0 to 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="TensorIndexException">A target is not a class.</exception>
    /// <exception cref="DTypeException">The input is not floating point, or the targets are neither int64 nor floating point.</exception>
    /// <exception cref="TensorArgumentException">The label smoothing does not lie between 0 and 1.</exception>
    public static Tensor CrossEntropy(
        Tensor input, Tensor target, Tensor? weight = null, long ignoreIndex = -100, Reduction reduction = Reduction.Mean, double labelSmoothing = 0)
    {
        const string Op = "cross_entropy";
        RequireFloat(input, Op);
        if (labelSmoothing is not (>= 0 and <= 1))
            throw new TensorArgumentException(Op, $"the label smoothing is {labelSmoothing}; it lies between 0 and 1.");
        if (target.DType.IsFloatingPoint())
            return CrossEntropyOfProbabilities(input, target, weight, reduction, labelSmoothing);
        using var temporaries = TemporaryScope.Open();
        var (scores, classes) = Samples(input, target, Op);
        var chosen = new Targets(classes, weight, ignoreIndex, scores.Shape[1], Op);

        // A loss that is weighted or mixed is not rounded before, nor is a logarithm that one is picked from; to ignore one takes no arithmetic.
        bool wide = weight is not null || labelSmoothing > 0 || scores.Dim > 2;
        return temporaries.Keep((wide ? Wide(scores, Losses) : Losses(scores)).Cast(input.DType));

        Tensor Losses(Tensor x)
        {
            var (picked, surprise) = Surprise(x, chosen);
            var losses = chosen.Count(picked);
            if (labelSmoothing > 0)
            {
                // The mean over the classes of -w log(softmax(x)).
                var spread = surprise();
                if (weight is not null)
                    spread = spread * PerChannel(weight, x.Dim);
                losses = losses * (1 - labelSmoothing) + chosen.Mask(spread.Sum(1)) * (labelSmoothing / x.Shape[1]);
            }

            return chosen.Reduce(losses, reduction, target.Shape, Op);
        }
    }

    /// <summary>
    /// -log(softmax(x)) of the chosen classes, and of all. Rows of scores take one pass that writes nothing; where the classes are not the last dimension, to
    /// move them there would take as much as all the rest.
    /// </summary>
    private static (Tensor Chosen, Func<Tensor> All) Surprise(Tensor x, Targets chosen)
    {
        if (x.Dim > 2)
        {
            var logarithms = x.LogSoftmax(1);
            return (-chosen.Pick(logarithms), () => -logarithms);
        }

        var outputs = new Tensor[2];
        Tensor.Apply(CrossEntropyOp.Instance, [x, chosen.Index], default, outputs);
        return (outputs[0], () => outputs[1] - x);
    }

    /// <summary>
    /// y (log(y) - x) of log-probabilities x, 0 where y is 0; where y is a logarithm itself, e^y (y - x).
    /// PyTorch: <c>torch.nn.functional.kl_div</c>.
    /// </summary>
    public static Tensor KlDiv(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, bool logTarget = false)
    {
        using var temporaries = TemporaryScope.Open();
        Tensor losses;
        if (logTarget)
        {
            losses = target.Exp() * (target - input);
        }
        else
        {
            var positive = target.Gt(0);
            var entropy = target * Tensor.Where(positive, target, Constant(target, 1)).Log();
            losses = Tensor.Where(target.Lt(0), Constant(target, double.NaN), entropy) - target * input;
        }

        if (reduction != Reduction.BatchMean)
            return temporaries.Keep(losses.Reduce(reduction, "kl_div"));
        return temporaries.Keep(losses.Sum() / (input.Dim == 0 ? 1 : input.Shape[0]));
    }

    private static Tensor CrossEntropyOfProbabilities(Tensor input, Tensor target, Tensor? weight, Reduction reduction, double labelSmoothing)
    {
        const string Op = "cross_entropy";
        RequireSame(input, target, Op);
        if (input.Dim == 0)
            throw new ShapeException(Op, "a tensor without dimensions has no classes.");
        int axis = input.Dim == 1 ? 0 : 1;
        long classes = input.Shape[axis];
        var dtype = Promotion.Result(weight is null ? [input, target] : [input, target, weight]);
        using var temporaries = TemporaryScope.Open();
        target = target.Cast(target.DType.Accumulator());
        if (labelSmoothing > 0)
            target = target * (1 - labelSmoothing) + labelSmoothing / classes;
        var terms = input.Cast(input.DType.Accumulator()).LogSoftmax(axis) * target;
        if (weight is not null)
            terms = terms * PerChannel(ClassWeights(weight, classes, Op), input.Dim);
        var losses = -(reduction == Reduction.None ? terms.Sum(axis) : terms.Sum());
        var result = reduction switch
        {
            Reduction.Mean => losses / (input.ElementCount / Math.Max(classes, 1)),
            Reduction.Sum or Reduction.None => losses,
            _ => losses.Reduce(reduction, Op),
        };
        return temporaries.Keep(result.Cast(dtype));
    }

    /// <summary>Scores whose dimension 1 is the classes, and targets without it.</summary>
    private static (Tensor Scores, Tensor Classes) Samples(Tensor input, Tensor target, string op)
    {
        if (target.DType == DType.UInt8)
            target = target.Cast(DType.Int64);
        if (target.DType != DType.Int64)
            throw new DTypeException(op, $"targets are int64, not {target.DType.Name()}; convert with To(DType.Int64).");
        var (x, y) = (input.Shape, target.Shape);
        bool fits = x.Rank switch
        {
            0 => false,
            1 => y.Rank == 0,
            _ => y.Rank == x.Rank - 1 && y[0] == x[0] && y.AsSpan()[1..].SequenceEqual(x.AsSpan()[2..]),
        };
        if (!fits)
            throw new ShapeException(op, $"the scores {x} and the targets {y} do not fit: [n, classes] and [n], [n, classes, d1, ..] and [n, d1, ..], or [classes] and [].");
        return x.Rank == 1 ? (input.Unsqueeze(0), target.Reshape(1)) : (input, target);
    }

    private static Tensor ClassWeights(Tensor weight, long classes, string op) => weight.Dim == 1 && weight.Shape[0] == classes
        ? weight
        : throw new ShapeException(op, $"the weight {weight.Shape} does not have one factor for each of the {classes} classes.");
}
