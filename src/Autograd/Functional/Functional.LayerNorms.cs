namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// (x - mean) / sqrt(var + eps) * weight + bias over the last dimensions; the variance divides by n.
    /// PyTorch: <c>torch.nn.functional.layer_norm</c>.
    /// </summary>
    /// <param name="input">The values.</param>
    /// <param name="normalizedShape">The last sizes of the input.</param>
    /// <param name="weight">Factors, of the normalized shape.</param>
    /// <param name="bias">Terms, of the normalized shape.</param>
    /// <param name="eps">Keeps the division defined.</param>
    /// <exception cref="ShapeException">The input does not end in the normalized shape, or a parameter does not have it.</exception>
    public static Tensor LayerNorm(Tensor input, ReadOnlySpan<long> normalizedShape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        CheckNormalized("layer_norm", input, normalizedShape, weight, bias);
        if (weight is not null && bias is not null)
            return Normalized(new LayerNormOp(normalizedShape.Length, Affine: true), [input, weight, bias], eps);
        return Affine(Normalized(new LayerNormOp(normalizedShape.Length, Affine: false), [input], eps), weight, bias);
    }

    /// <summary>
    /// x / sqrt(mean(x^2) + eps) * weight over the last dimensions, in the element type of x. PyTorch: <c>torch.nn.functional.rms_norm</c>.
    /// </summary>
    /// <param name="input">The values.</param>
    /// <param name="normalizedShape">The last sizes of the input.</param>
    /// <param name="weight">Factors, of the normalized shape.</param>
    /// <param name="eps">Keeps the division defined; by default the distance from 1 to the next number of the element type.</param>
    /// <exception cref="ShapeException">The input does not end in the normalized shape, or the weight does not have it.</exception>
    public static Tensor RmsNorm(Tensor input, ReadOnlySpan<long> normalizedShape, Tensor? weight = null, double? eps = null)
    {
        CheckNormalized("rms_norm", input, normalizedShape, weight, null);
        RequireFloat(input, "rms_norm");
        double least = eps ?? Epsilon(input.DType);
        if (weight is null)
            return Normalized(new RmsNormOp(normalizedShape.Length, Affine: false), [input], least);
        if (weight.DType == input.DType)
            return Normalized(new RmsNormOp(normalizedShape.Length, Affine: true), [input, weight], least);
        return Wide(input, x => (Normalized(new RmsNormOp(weight.Dim, Affine: false), [x], least) * weight).Cast(x.DType));
    }

    /// <summary>
    /// Layer normalization of groups of channels (dimension 1), then a factor and a term for each channel.
    /// PyTorch: <c>torch.nn.functional.group_norm</c>.
    /// </summary>
    /// <exception cref="ShapeException">The channels do not divide into the groups, or a parameter does not have one value for each.</exception>
    public static Tensor GroupNorm(Tensor input, long numGroups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        const string Op = "group_norm";
        if (input.Dim < 2 || numGroups <= 0 || input.Shape[1] % numGroups != 0)
            throw new ShapeException(Op, $"the channels (dimension 1) of {input.Shape} do not divide into {numGroups} groups.");
        CheckChannels(Op, input, weight, bias);
        if (input.ElementCount == 0)
            return Affine(input.Clone(), OfChannels(weight, input.Dim), OfChannels(bias, input.Dim));
        var groups = input.Reshape(input.Shape[0], numGroups, -1);
        var normalized = Normalized(new LayerNormOp(1, Affine: false), [groups], eps).Reshape(input.Shape);
        return Affine(normalized, OfChannels(weight, input.Dim), OfChannels(bias, input.Dim));
    }

    private static Tensor Normalized(CompositeOp op, ReadOnlySpan<Tensor> inputs, double eps)
    {
        var outputs = new Tensor[op.OutputCount];
        Tensor.Apply(op, inputs, [eps], outputs);
        foreach (var statistic in outputs.AsSpan(1))
            statistic.Dispose(); // backward saved its own
        return outputs[0];
    }

    private static Tensor Affine(Tensor x, Tensor? weight, Tensor? bias)
    {
        if (weight is not null)
            x = x * weight;
        return bias is null ? x : x + bias;
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

    private static double Epsilon(DType dtype) => dtype switch
    {
        DType.Float64 => Math.BitIncrement(1.0) - 1,
        DType.Float32 => MathF.BitIncrement(1f) - 1,
        DType.Float16 => 1.0 / 1024,
        _ => 1.0 / 128,
    };
}
