namespace Nabla;

/// <content>Covariances and correlations of variables.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The covariances of variables: of rows, whose columns are observations. c[i, j] = sum of w (x_i - mean_i) (x_j - mean_j) by the sum of w, less the
    /// correction: infinite or NaN where that is not positive. Of a vector, its variance. Integers give float32, and weights their common type with the
    /// observations. Half types are rounded once. PyTorch: <c>torch.cov</c>.
    /// </summary>
    /// <param name="correction">What is taken off the number of observations: 1 for the unbiased estimate.</param>
    /// <param name="fweights">How often each observation occurs: integers, none negative.</param>
    /// <param name="aweights">How much each observation weighs: floating point, none negative.</param>
    /// <exception cref="ShapeException">There are more than two dimensions, or the weights are not one for each observation.</exception>
    /// <exception cref="DTypeException">The observations are bools, frequencies are not integers, or weights not floating point.</exception>
    /// <exception cref="TensorArgumentException">A weight is negative, or their sum is 0; on a queued or recorded device at the next read.</exception>
    public Tensor Cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
    {
        const string Op = "cov";
        RequireObservations(Op);
        using var temporaries = TemporaryScope.Open();
        var rows = Reshape(Dim == 2 ? Shape : [1, ElementCount]);
        RequireWeights(Op, rows.Shape[1], fweights, aweights);
        var dtype = aweights is null ? Floating(DType) : Promotion.Result(rows, aweights);
        var x = rows.Cast(dtype.Accumulator());
        var weights = Weights(Op, x, fweights, aweights);
        if (weights is null)
        {
            var deviation = x - x.Mean(1, keepDim: true);
            return temporaries.Keep((deviation.MatMul(deviation.MT) / Math.Max(0, x.Shape[1] - correction)).Squeeze().Cast(dtype));
        }

        var total = weights.Sum();
        total = Functional.Checked(total, total.Detach(), sum => sum.Ne(0), Op, "the weights sum to 0; give an observation some.");
        var centred = x - (x * weights).Sum(1, keepDim: true) / total;
        var lost = aweights is null ? Full([], correction, total.DType, Device) : (weights * aweights.Cast(total.DType)).Sum() / total * correction;
        return temporaries.Keep((centred.MatMul((centred * weights).MT) / (total - lost).ClampMin(0)).Squeeze().Cast(dtype));
    }

    /// <summary>
    /// The correlations of variables: their covariances by the roots of both variances, from -1 to 1; NaN for a variable that does not vary. Integers
    /// give float32. PyTorch: <c>torch.corrcoef</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are more than two dimensions.</exception>
    /// <exception cref="DTypeException">The observations are bools.</exception>
    public Tensor Corrcoef()
    {
        RequireObservations("corrcoef");
        using var temporaries = TemporaryScope.Open();
        var x = Floating();
        var covariance = x.Cast(x.DType.Accumulator()).Cov();
        if (covariance.Dim == 0)
            return temporaries.Keep((covariance / covariance).Cast(x.DType));
        var deviation = covariance.Diagonal().Sqrt();
        return temporaries.Keep((covariance / deviation.Unsqueeze(1) / deviation).Clamp(-1, 1).Cast(x.DType));
    }

    private void RequireObservations(string op)
    {
        if (Dim > 2)
            throw new ShapeException(op, $"{Shape} has more than two dimensions; rows are variables and columns observations.");
        if (DType == DType.Bool)
            throw new DTypeException(op, "bools are no observations; convert with To(DType.Float32).");
    }

    private static void RequireWeights(string op, long observations, Tensor? frequencies, Tensor? weights)
    {
        foreach (var given in new[] { frequencies, weights })
            if (given is not null && (given.Dim > 1 || given.ElementCount != observations))
                throw new ShapeException(op, $"the weights {given.Shape} are not one for each of {observations} observations.");
        if (frequencies is not null && (frequencies.DType.IsFloatingPoint() || frequencies.DType == DType.Bool))
            throw new DTypeException(op, $"fweights are {frequencies.DType.Name()}, not integers; pass them as aweights, or convert with To(DType.Int64).");
        if (weights is not null && !weights.DType.IsFloatingPoint())
            throw new DTypeException(op, $"aweights are {weights.DType.Name()}, not floating point; pass them as fweights, or convert with To(DType.Float32).");
    }

    /// <summary>The products of frequencies and weights, in the element type of the observations.</summary>
    private static Tensor? Weights(string op, Tensor x, Tensor? frequencies, Tensor? weights)
    {
        var f = Checked(frequencies, "fweights");
        var a = Checked(weights, "aweights");
        return f is null ? a : a is null ? f : f * a;

        Tensor? Checked(Tensor? given, string name) => given?.Cast(x.DType) is { } cast
            ? Functional.Checked(cast, cast.Detach(), w => w.Ge(0), op, $"{name} hold a negative number or NaN; an observation counts 0 or more.")
            : null;
    }
}
