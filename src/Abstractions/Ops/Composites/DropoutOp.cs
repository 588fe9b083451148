namespace Nabla;

/// <summary>
/// y = mask ? x / (1 - p) : 0, each element dropped with probability p. Scalars: p, and the key and counter of
/// <see cref="RandomBitsOp"/>. Outputs: y, mask (bool, true where kept). PyTorch: <c>torch.nn.functional.dropout</c>.
/// </summary>
public sealed record DropoutOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("dropout");

    private DropoutOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static DropoutOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <summary>Random int32 patterns lie below this with probability p (p below 1).</summary>
    public static long Threshold(double p) => (long)Math.Min(Math.Round(p * 4294967296.0), 4294967295.0) + int.MinValue;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 3);
        OpDomain.Float.Check(inputs[0].DType, Name);
        if (scalars[0].ToDouble() is not (>= 0 and <= 1))
            throw new TensorArgumentException(Name, $"the probability is {scalars[0]}; it lies between 0 and 1.");
        outputs[0] = inputs[0];
        outputs[1] = inputs[0] with { DType = DType.Bool };
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = inputs[0];
        double p = scalars[0].ToDouble();
        var bits = ops.Emit(new RandomBitsOp(ops.ShapeOf(x)), [], scalars[1..]);
        var mask = ops.Emit(BinaryOp.Ge, bits, Threshold(p));
        // p = 1 drops everything: the scale is of no consequence, but must not be infinite (0 * inf).
        var scaled = ops.Mul(x, p < 1 ? 1 / (1 - p) : 0);
        outputs[0] = p < 1 ? ops.Where(mask, scaled, ops.Full(0, ops.DTypeOf(x))) : ops.Full(0, ops.DTypeOf(x), ops.ShapeOf(x));
        outputs[1] = p < 1 ? mask : ops.Full(false, DType.Bool, ops.ShapeOf(x));
    }
}
