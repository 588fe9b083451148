namespace Nabla;

/// <summary>
/// Element i is start + i * step (scalars 0 and 1): in 64-bit integers for integer types, in binary64 for the others, rounded to the type; half
/// types maybe by way of float32. PyTorch: <c>torch.arange</c>.
/// </summary>
/// <param name="DType">The element type; not bool.</param>
/// <param name="Length">How many elements.</param>
public sealed record ArangeOp(DType DType, long Length) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("arange");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 0, scalars, 2);
        OpDomain.Numeric.Check(DType, Name);
        outputs[0] = new(DType, [Length]);
    }
}
