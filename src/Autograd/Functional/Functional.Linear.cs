namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// f(x W^T + b) over the last dimension: x [.., in], W [out, in], b [out]; a weight [in] gives one output, without a dimension.
    /// PyTorch: <c>torch.nn.functional.linear</c>.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">W.</param>
    /// <param name="bias">b.</param>
    /// <param name="activation">
    /// f. The result is what the activation gives for the result without it, bit by bit on the CPU, and is there sooner: it is computed while the
    /// sums are at hand, and they take no memory of their own.
    /// </param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null, Activation activation = Activation.None)
    {
        if (input.Dim == 0 || weight.Dim is not (1 or 2))
            throw new ShapeException("linear", $"{input.Shape} and the weight {weight.Shape} do not fit: [.., in] and [out, in].");
        var function = activation.Op();
        if (input.Dim > 1 && weight.Dim == 2 && (bias is null || bias.Dim == 1) && (function is null || input.DType.IsFloatingPoint()))
            return OfRows(function, input, weight, bias);
        using var temporaries = TemporaryScope.Open();
        if (weight.Dim == 1)
        {
            var product = input.MatMul(weight);
            return temporaries.Keep(Apply(function, bias is null ? product : product + bias));
        }

        if (bias is { Dim: not 1 })
            return temporaries.Keep(Apply(function, Linear(input, weight) + bias));
        if (function is not null && !input.DType.IsFloatingPoint())
            return temporaries.Keep(Apply(function, Linear(input, weight, bias))); // which may promote
        return temporaries.Keep(OfRows(function, input.Unsqueeze(0), weight, bias).Squeeze(0));
    }

    private static Tensor OfRows(Op? function, Tensor x, Tensor weight, Tensor? bias) => bias is null
        ? Tensor.Apply(new LinearOp(HasBias: false, function), [x, weight], default)
        : Tensor.Apply(new LinearOp(HasBias: true, function), [x, weight, bias], default);

    private static Tensor Apply(Op? function, Tensor x) => function switch
    {
        null => x,
        UnaryOp unary => x.Unary(unary),
        _ => Tensor.Apply(function, [x], default),
    };

    /// <summary>
    /// x1 W x2 + b: y[.., o] = sum over i, j of x1[.., i] W[o, i, j] x2[.., j]. PyTorch: <c>torch.nn.functional.bilinear</c>.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ.</exception>
    public static Tensor Bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null)
    {
        const string Op = "bilinear";
        if (input1.DType != weight.DType || input2.DType != weight.DType)
            throw new DTypeException(Op, $"the inputs are {input1.DType.Name()} and {input2.DType.Name()}, the weight is {weight.DType.Name()}; convert with To.");
        if (weight.Dim != 3 || input1.Dim == 0 || input1.Dim != input2.Dim || input1.Shape[^1] != weight.Shape[1] || input2.Shape[^1] != weight.Shape[2]
            || !input1.Shape.AsSpan()[..^1].SequenceEqual(input2.Shape.AsSpan()[..^1]))
            throw new ShapeException(Op, $"{input1.Shape}, {input2.Shape} and the weight {weight.Shape} do not fit: [.., a], [.., b] and [out, a, b].");
        if (bias is not null && bias.DType != weight.DType)
            throw new DTypeException(Op, $"the bias is {bias.DType.Name()}, the weight is {weight.DType.Name()}; convert one with To.");
        if (bias is not null && (bias.Dim != 1 || bias.Shape[0] != weight.Shape[0]))
            throw new ShapeException(Op, $"the bias {bias.Shape} does not fit the {weight.Shape[0]} outputs of the weight {weight.Shape}: [out].");
        using var temporaries = TemporaryScope.Open();

        // x1 W is [.., out, b]; its rows times x2 are sums over b.
        long rows = 1, outputs = weight.Shape[0], features1 = weight.Shape[1], features2 = weight.Shape[2];
        foreach (long size in input1.Shape.AsSpan()[..^1])
            rows *= size;
        var folded = input1.Reshape(rows, features1).MatMul(weight.Permute(1, 0, 2).Reshape(features1, outputs * features2));
        var y = folded.Reshape(rows, outputs, features2).MatMul(input2.Reshape(rows, features2, 1)).Squeeze(-1);
        y = y.Reshape([.. input1.Shape.AsSpan()[..^1], outputs]);
        return temporaries.Keep(bias is null ? y : y + bias);
    }
}
