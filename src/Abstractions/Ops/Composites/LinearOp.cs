namespace Nabla;

/// <summary>
/// y = x W^T + b over the last dimension. Inputs: x [.., in], W [out, in], b [out]. PyTorch: <c>torch.nn.functional.linear</c>.
/// </summary>
/// <param name="HasBias">Whether there is a third input.</param>
public sealed record LinearOp(bool HasBias) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("linear");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, HasBias ? 3 : 2, scalars, 0);
        OpDomain.Numeric.Check(inputs[0].DType, Name);
        Arity.SameDType(Name, inputs);
        var (x, weight) = (inputs[0].Shape, inputs[1].Shape);
        if (x.Rank < 2 || weight.Rank != 2 || x[^1] != weight[1])
            throw new ShapeException(Name, $"{x} does not fit the weight {weight}: the last size of the input is the last of the weight.");
        if (HasBias && (inputs[2].Shape.Rank != 1 || inputs[2].Shape[0] != weight[0]))
            throw new ShapeException(Name, $"the bias {inputs[2].Shape} does not fit the weight {weight}: it has the first size of the weight.");
        outputs[0] = inputs[0] with { Shape = [.. x.AsSpan()[..^1], weight[0]] };
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var product = ops.MatMul(inputs[0], ops.Transpose(inputs[1], 0, 1));
        outputs[0] = HasBias ? ops.Add(product, inputs[2]) : product;
    }
}
