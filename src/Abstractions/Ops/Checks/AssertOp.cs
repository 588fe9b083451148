namespace Nabla;

/// <summary>
/// Refuses values: an error if any element of the input (bool) is false, else zero. The zero, without dimensions, is added to what
/// depends on the check, so that a recording device makes it. On a queued or recorded device the error surfaces at the next read.
/// PyTorch: <c>torch._assert_async</c>.
/// </summary>
/// <param name="DType">The element type of the zero; a floating one.</param>
/// <param name="Operation">What the error calls the operation.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
public sealed record AssertOp(DType DType, string Operation, string Message) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("assert_async");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>The error that a false element means.</summary>
    /// <param name="late">How late it surfaced, in a clause; null for at once.</param>
    public TensorArgumentException Failure(string? late = null) => new(Operation, late is null ? Message : $"{Message} ({late})");

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Bool.Check(inputs[0].DType, Name);
        OpDomain.Float.Check(DType, Name);
        outputs[0] = new(DType, Shape.Scalar);
    }
}
