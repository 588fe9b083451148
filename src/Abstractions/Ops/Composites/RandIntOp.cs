namespace Nabla;

/// <summary>
/// Integers from low up to but without low + range, as int64: the upper half of a random word times the range, and low. Scalars: low, range (1 to
/// 2^31 - 1), key and counter of <see cref="RandomBitsOp"/>. PyTorch: <c>torch.randint</c>.
/// </summary>
/// <param name="Shape">The sizes.</param>
public sealed record RandIntOp(Shape Shape) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("randint");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>Blocks of four random words in a row that it takes.</summary>
    public long Blocks => RandOp.BlocksOf(Shape);

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 0, scalars, 4);
        if (scalars[1].ToInt64() is not (>= 1 and <= int.MaxValue))
            throw new TensorArgumentException(Name, $"the range is {scalars[1]}; there must be 1 to {int.MaxValue} integers.");
        outputs[0] = new(DType.Int64, Shape);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var words = ops.Cast(ops.Emit(new RandomBitsOp(Shape), [], scalars[2..]), DType.Int64);
        var product = ops.Mul(ops.Emit(BinaryOp.BitwiseAnd, words, (long)uint.MaxValue), scalars[1]);
        outputs[0] = ops.Add(ops.Emit(BinaryOp.ShiftRight, product, 32), scalars[0]);
    }
}
