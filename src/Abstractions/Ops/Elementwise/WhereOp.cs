namespace Nabla;

/// <summary>y[i] = condition[i] ? a[i] : b[i]; all three broadcast. PyTorch: <c>torch.where</c>.</summary>
public sealed record WhereOp : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("where");

    private WhereOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static WhereOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 3, scalars, 0);
        OpDomain.Bool.Check(inputs[0].DType, Name);
        Arity.SameDType(Name, inputs[1..]);
        var values = Broadcasting.Join(inputs[1].Shape, inputs[2].Shape, Name);
        outputs[0] = new(inputs[1].DType, Broadcasting.Join(values, inputs[0].Shape, Name));
    }
}
