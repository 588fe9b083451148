namespace Nabla;

/// <summary>
/// y = f(x W^T + b) over the last dimension. Inputs: x [.., in], W [out, in], b [out]. PyTorch: <c>torch.nn.functional.linear</c>.
/// </summary>
/// <param name="HasBias">Whether there is a third input.</param>
/// <param name="Activation">f: an elementwise function of one tensor, without numbers beside it; null for none.</param>
public sealed record LinearOp(bool HasBias, Op? Activation = null) : CompositeOp
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
        var sum = inputs[0] with { Shape = [.. x.AsSpan()[..^1], weight[0]] };
        outputs[0] = sum;
        if (Activation is null)
            return;
        if (Activation.OutputCount == 1)
            Activation.Infer(new ReadOnlySpan<TensorSpec>(ref sum), default, outputs);
        if (Activation.OutputCount != 1 || outputs[0] != sum)
            throw new TensorArgumentException(Name, $"{Activation.Kind.Name} is no activation: it does not give one result like its input; apply it to the result.");
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        if (Activation is not null)
        {
            T sum = default!;
            ops.Emit(this with { Activation = null }, inputs, default, new Span<T>(ref sum));
            ops.Emit(Activation, new ReadOnlySpan<T>(ref sum), default, outputs);
            return;
        }

        var product = ops.MatMul(inputs[0], ops.Transpose(inputs[1], 0, 1));
        outputs[0] = HasBias ? ops.Add(product, inputs[2]) : product;
    }
}
