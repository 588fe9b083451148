namespace Nabla;

public static partial class Functional
{
    /// <summary>max(x, 0); its gradient at 0 is 0. PyTorch: <c>torch.nn.functional.relu</c>.</summary>
    public static Tensor Relu(Tensor input) => input.Relu();

    /// <summary>min(max(x, 0), 6); no gradient passes at the bounds. PyTorch: <c>torch.nn.functional.relu6</c>.</summary>
    public static Tensor Relu6(Tensor input) => Hardtanh(input, 0, 6);

    /// <summary>x where x &gt; 0, else <paramref name="negativeSlope"/> * x. PyTorch: <c>torch.nn.functional.leaky_relu</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor LeakyRelu(Tensor input, double negativeSlope = 0.01)
    {
        RequireFloat(input, "leaky_relu");
        return Tensor.Apply(LeakyReluOp.Instance, [input], [negativeSlope]);
    }

    /// <summary>
    /// x where x &gt; 0, else weight * x. The weight has one element, or one for each of the channels (dimension 1).
    /// PyTorch: <c>torch.nn.functional.prelu</c>.
    /// </summary>
    /// <exception cref="ShapeException">The weight has neither.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor PRelu(Tensor input, Tensor weight)
    {
        RequireFloat(input, "prelu");
        long channels = input.Dim < 2 ? 1 : input.Shape[1];
        if (weight.ElementCount != 1 && (weight.Dim != 1 || weight.Shape[0] != channels))
            throw new ShapeException("prelu", $"the weight {weight.Shape} fits neither all of {input.Shape} (1 element) nor its channels ({channels}).");
        using var temporaries = TemporaryScope.Open();
        weight = weight.ElementCount == 1 ? weight.Reshape([]) : PerChannel(weight, input.Dim);
        if (weight.DType == input.DType && weight.Device == input.Device)
            return temporaries.Keep(Tensor.Apply(PReluOp.Instance, [input, weight.Expand(input.Shape)], default));
        return temporaries.Keep(Tensor.Where(input.Gt(0), input, weight * input)); // what promotes
    }

    /// <summary>
    /// x where x &gt; 0, else <paramref name="alpha"/> * (e^x - 1). PyTorch: <c>torch.nn.functional.elu</c>.
    /// </summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Elu(Tensor input, double alpha = 1) => Exponential(input, alpha, 1, 1, "elu");

    /// <summary>
    /// x where x &gt; 0, else <paramref name="alpha"/> * (e^(x / alpha) - 1). PyTorch: <c>torch.nn.functional.celu</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">Alpha is 0.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Celu(Tensor input, double alpha = 1)
    {
        if (alpha == 0)
            throw new TensorArgumentException("celu", "alpha is 0, by which x is divided; choose another.");
        return Exponential(input, alpha, 1, 1 / alpha, "celu");
    }

    /// <summary>
    /// scale * (x where x &gt; 0, else alpha * (e^x - 1)), with constants that keep mean 0 and variance 1.
    /// Source: Klambauer et al., "Self-normalizing neural networks", 2017. PyTorch: <c>torch.nn.functional.selu</c>.
    /// </summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Selu(Tensor input) => Exponential(input, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1, "selu");

    /// <summary>
    /// x limited to <paramref name="minVal"/> .. <paramref name="maxVal"/>; no gradient passes at the bounds.
    /// PyTorch: <c>torch.nn.functional.hardtanh</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The bounds are in the wrong order, or the elements are integers that cannot have them.</exception>
    /// <exception cref="DTypeException">The elements are bools.</exception>
    public static Tensor Hardtanh(Tensor input, double minVal = -1, double maxVal = 1)
    {
        if (minVal > maxVal)
            throw new TensorArgumentException("hardtanh", $"the lower bound {minVal} lies above the upper one, {maxVal}.");
        if (minVal <= maxVal && input.DType.IsFloatingPoint())
            return Tensor.Apply(new ClampOp(Inclusive: false), [input], [minVal, maxVal]);
        if (input.DType == DType.Bool)
            throw new DTypeException("hardtanh", "bools have no bounds; convert with To(dtype).");
        using var temporaries = TemporaryScope.Open();
        var (low, high) = (Number(input, minVal), Number(input, maxVal)); // one that is no number bounds nothing
        if (input.DType.IsInteger())
        {
            IntegerRange.CheckLimit("hardtanh", input.DType, low);
            IntegerRange.CheckLimit("hardtanh", input.DType, high);
        }

        return temporaries.Keep(Tensor.Where(input.Le(low), Constant(input, low), Tensor.Where(input.Ge(high), Constant(input, high), input)));
    }

    /// <summary>The value where x is at most the threshold, else x, and so where x is NaN. PyTorch: <c>torch.nn.functional.threshold</c>.</summary>
    /// <exception cref="TensorArgumentException">The elements are integers of a type that holds not the threshold or not the value.</exception>
    public static Tensor Threshold(Tensor input, double threshold, double value)
    {
        if (input.DType.IsInteger())
        {
            IntegerRange.CheckValue("threshold", input.DType, threshold);
            IntegerRange.CheckValue("threshold", input.DType, value);
        }

        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Tensor.Where(input.Le(Number(input, threshold)), Constant(input, value), input));
    }

    /// <summary>The scaled exponential unit behind elu, celu and selu.</summary>
    private static Tensor Exponential(Tensor input, double alpha, double scale, double inputScale, string op)
    {
        RequireFloat(input, op);
        return Tensor.Apply(EluOp.Instance, [input], [alpha, scale, inputScale]);
    }

    /// <summary>A bound in the kind of the tensor's elements, so that a comparison does not promote integers.</summary>
    private static Scalar Number(Tensor like, double value) => like.DType.IsFloatingPoint() ? value : (Scalar)(long)value;

    /// <summary>A vector as the channels (dimension 1) of a tensor of some rank.</summary>
    private static Tensor PerChannel(Tensor vector, int rank)
    {
        Span<long> sizes = stackalloc long[rank];
        sizes.Fill(1);
        sizes[rank < 2 ? rank - 1 : 1] = vector.ElementCount;
        return vector.Reshape(sizes);
    }
}
