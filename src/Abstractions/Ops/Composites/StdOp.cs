namespace Nabla;

/// <summary>
/// The root of <see cref="VarOp"/>. Scalar: the correction, 1 for the unbiased estimate. Where the result is 0, so is its gradient.
/// PyTorch: <c>torch.std</c>.
/// </summary>
/// <remarks>
/// In parts it is that of a variance in float32 for float32 and half types: infinite for deviations above 1.8e19, and 0 or without its digits for
/// those below 1e-19. The CPU's kernel takes the root of a variance in float64, as PyTorch does, and has every deviation that float32 holds.
/// </remarks>
/// <param name="Axes">The dimensions: ascending, not negative.</param>
/// <param name="KeepDim">Whether they stay, with size 1.</param>
public sealed record StdOp(ValueArray<int> Axes, bool KeepDim) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("std");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 1);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0] with { Shape = ReducedShape.Of(inputs[0].Shape, Axes.AsSpan(), KeepDim, Name) };
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var variance = ops.Emit(new VarOp(Axes, KeepDim), [ops.Widen(inputs[0])], scalars);
        outputs[0] = ops.Cast(ops.Emit(UnaryOp.Sqrt, variance), ops.DTypeOf(inputs[0]));
    }
}
