namespace Nabla;

/// <content>Covariances and correlations of variables.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The covariances of variables: of rows, whose columns are observations. c[i, j] = sum of w (x_i - mean_i) (x_j - mean_j) by the sum of w, less the
    /// correction. Of a vector, its variance. Half types are rounded once. PyTorch: <c>torch.cov</c>.
    /// </summary>
    /// <param name="correction">What is taken off the number of observations: 1 for the unbiased estimate.</param>
    /// <param name="fweights">How often each observation occurs: integers.</param>
    /// <param name="aweights">How much each observation weighs: floating point.</param>
    /// <exception cref="ShapeException">There are more than two dimensions, or the weights are not one for each observation.</exception>
    /// <exception cref="DTypeException">Frequencies are not integers, or weights not floating point.</exception>
    public Tensor Cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
    {
        const string Op = "cov";
        if (Dim > 2)
            throw new ShapeException(Op, $"{Shape} has more than two dimensions; rows are variables and columns observations.");
        var x = Floating();
        var dtype = x.DType;
        x = x.Cast(dtype.Accumulator()).Reshape(Dim == 2 ? Shape : [1, ElementCount]);
        var weights = Weights(Op, x, fweights, aweights);
        if (weights is null)
        {
            var deviation = x - x.Mean(1, keepDim: true);
            return (deviation.MatMul(deviation.MT) / Math.Max(0, x.Shape[1] - correction)).Squeeze().Cast(dtype);
        }

        var total = weights.Sum();
        var centred = x - (x * weights).Sum(1, keepDim: true) / total;
        var lost = aweights is null ? Full([], correction, total.DType, Device) : (weights * aweights.Cast(total.DType)).Sum() / total * correction;
        return (centred.MatMul((centred * weights).MT) / (total - lost).ClampMin(0)).Squeeze().Cast(dtype);
    }

    /// <summary>
    /// The correlations of variables: their covariances by the roots of both variances, from -1 to 1. PyTorch: <c>torch.corrcoef</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are more than two dimensions.</exception>
    public Tensor Corrcoef()
    {
        if (Dim > 2)
            throw new ShapeException("corrcoef", $"{Shape} has more than two dimensions; rows are variables and columns observations.");
        var x = Floating();
        var covariance = x.Cast(x.DType.Accumulator()).Cov();
        if (covariance.Dim == 0)
            return (covariance / covariance).Cast(x.DType);
        var deviation = covariance.Diagonal().Sqrt();
        return (covariance / deviation.Unsqueeze(1) / deviation).Clamp(-1, 1).Cast(x.DType);
    }

    private static Tensor? Weights(string op, Tensor x, Tensor? frequencies, Tensor? weights)
    {
        foreach (var given in new[] { frequencies, weights })
            if (given is not null && (given.Dim != 1 || given.Shape[0] != x.Shape[1]))
                throw new ShapeException(op, $"the weights {given.Shape} are not one for each of {x.Shape[1]} observations.");
        if (frequencies is not null && (frequencies.DType.IsFloatingPoint() || frequencies.DType == DType.Bool))
            throw new DTypeException(op, $"fweights are {frequencies.DType.Name()}, not integers; pass them as aweights, or convert with To(DType.Int64).");
        if (weights is not null && !weights.DType.IsFloatingPoint())
            throw new DTypeException(op, $"aweights are {weights.DType.Name()}, not floating point; pass them as fweights, or convert with To(DType.Float32).");
        var (f, a) = (frequencies?.Cast(x.DType), weights?.Cast(x.DType));
        return f is null ? a : a is null ? f : f * a;
    }
}
