namespace Nabla;

/// <summary>
/// Random 32-bit patterns as int32. Element i is word i mod 4 of Philox4x32-10 with key scalar 0 (64 bits: low word first) and the
/// 128-bit counter scalar 1 + i / 4 (64 bits, the upper half zero). The same on every device.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </summary>
/// <param name="Shape">The sizes.</param>
public sealed record RandomBitsOp(Shape Shape) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("random_bits");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 0, scalars, 2);
        outputs[0] = new(DType.Int32, Shape);
    }
}
