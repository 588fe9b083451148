namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// (x - mean) / sqrt(var + eps) * weight + bias over the last dimensions, in the element type of x; the variance divides by n.
    /// PyTorch: <c>torch.nn.functional.layer_norm</c>.
    /// </summary>
    /// <param name="input">The values.</param>
    /// <param name="normalizedShape">The last sizes of the input.</param>
    /// <param name="weight">Factors, of the normalized shape.</param>
    /// <param name="bias">Terms, of the normalized shape.</param>
    /// <param name="eps">Keeps the division defined.</param>
    /// <exception cref="ShapeException">The input does not end in the normalized shape, or a parameter does not have it.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor LayerNorm(Tensor input, ReadOnlySpan<long> normalizedShape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        const string Op = "layer_norm";
        CheckNormalized(Op, input, normalizedShape, weight, bias);
        RequireFloat(input, Op);
        int dims = normalizedShape.Length;
        if (weight is null && bias is null)
            return Normalized(new LayerNormOp(dims, Affine: false), [input], eps);
        if (weight is not null && bias is not null && weight.DType == input.DType && bias.DType == input.DType)
            return Normalized(new LayerNormOp(dims, Affine: true), [input, weight, bias], eps);
        return WideLayerNorm(input, dims, weight, bias, eps);
    }

    /// <summary>
    /// x / sqrt(mean(x^2) + eps) * weight over the last dimensions, in the element type of x. PyTorch: <c>torch.nn.functional.rms_norm</c>.
    /// </summary>
    /// <param name="input">The values.</param>
    /// <param name="normalizedShape">The last sizes of the input.</param>
    /// <param name="weight">Factors, of the normalized shape.</param>
    /// <param name="eps">Keeps the division defined; by default the distance from 1 to the next number of the element type, of float32 for half types.</param>
    /// <exception cref="ShapeException">The input does not end in the normalized shape, or the weight does not have it.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor RmsNorm(Tensor input, ReadOnlySpan<long> normalizedShape, Tensor? weight = null, double? eps = null)
    {
        CheckNormalized("rms_norm", input, normalizedShape, weight, null);
        RequireFloat(input, "rms_norm");
        double least = eps ?? (input.DType == DType.Float64 ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1);
        if (weight is null)
            return Normalized(new RmsNormOp(normalizedShape.Length, Affine: false), [input], least);
        if (weight.DType == input.DType)
            return Normalized(new RmsNormOp(normalizedShape.Length, Affine: true), [input, weight], least);
        return Wide(input, x => Normalized(new RmsNormOp(weight.Dim, Affine: true), [x, weight.Cast(x.DType)], least));
    }

    /// <summary>
    /// Layer normalization of groups of channels (dimension 1), then a factor and a term for each channel, in the element type of the input.
    /// PyTorch: <c>torch.nn.functional.group_norm</c>.
    /// </summary>
    /// <exception cref="ShapeException">The channels do not divide into the groups, or a parameter does not have one value for each.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor GroupNorm(Tensor input, long numGroups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        const string Op = "group_norm";
        RequireFloat(input, Op);
        if (input.Dim < 2 || numGroups <= 0 || input.Shape[1] % numGroups != 0)
            throw new ShapeException(Op, $"the channels (dimension 1) of {input.Shape} do not divide into {numGroups} groups.");
        CheckChannels(Op, input, weight, bias);
        if (weight is null && bias is null)
            return Grouped(input, numGroups, eps);
        return Wide(input, x => Affine(Grouped(x, numGroups, eps), OfChannels(weight, x.Dim), OfChannels(bias, x.Dim)));
    }

    /// <summary>With one parameter only, or where the types of parameters and input differ.</summary>
    private static Tensor WideLayerNorm(Tensor input, int dims, Tensor? weight, Tensor? bias, double eps) => Wide(input, x =>
        weight is not null && bias is not null
            ? Normalized(new LayerNormOp(dims, Affine: true), [x, weight.Cast(x.DType), bias.Cast(x.DType)], eps)
            : Affine(Normalized(new LayerNormOp(dims, Affine: false), [x], eps), weight, bias));

    private static Tensor Grouped(Tensor x, long groups, double eps)
    {
        if (x.ElementCount == 0)
            return x.Clone();
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Normalized(new LayerNormOp(1, Affine: false), [x.Reshape(x.Shape[0], groups, -1)], eps).Reshape(x.Shape));
    }

    private static Tensor Normalized(CompositeOp op, ReadOnlySpan<Tensor> inputs, double eps)
    {
        var outputs = new Tensor[op.OutputCount];
        Tensor.Apply(op, inputs, [eps], outputs);
        foreach (var statistic in outputs.AsSpan(1))
            statistic.Dispose(); // backward saved its own
        return outputs[0];
    }

    /// <summary>x * weight + bias in the element type of x, whatever theirs. To round once, call it with half types widened.</summary>
    private static Tensor Affine(Tensor x, Tensor? weight, Tensor? bias)
    {
        if (weight is not null && bias is not null)
            return Tensor.MultiplyAdd(x, weight, bias).Cast(x.DType);
        var y = weight is null ? x : x * weight;
        return (bias is null ? y : y + bias).Cast(x.DType);
    }

    private static Tensor? OfChannels(Tensor? vector, int rank) => vector is null ? null : PerChannel(vector, rank);

    private static void CheckNormalized(string op, Tensor input, ReadOnlySpan<long> normalized, Tensor? weight, Tensor? bias)
    {
        var shape = Shape.Create(normalized);
        if (shape.Rank == 0 || shape.Rank > input.Dim || !input.Shape.AsSpan()[^shape.Rank..].SequenceEqual(normalized))
            throw new ShapeException(op, $"{input.Shape} does not end in the normalized shape {shape}.");
        foreach (var parameter in new[] { weight, bias })
            if (parameter is not null && parameter.Shape != shape)
                throw new ShapeException(op, $"a weight or bias {parameter.Shape} does not have the normalized shape {shape}.");
    }

    private static void CheckChannels(string op, Tensor input, params ReadOnlySpan<Tensor?> parameters)
    {
        foreach (var parameter in parameters)
            if (parameter is not null && (parameter.Dim != 1 || parameter.Shape[0] != input.Shape[1]))
                throw new ShapeException(op, $"a parameter {parameter.Shape} does not have one value for each of the {input.Shape[1]} channels of {input.Shape}.");
    }
}
