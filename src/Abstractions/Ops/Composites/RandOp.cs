namespace Nabla;

/// <summary>
/// Uniform numbers in [0, 1): the upper bits of random words, as many as the element type holds exactly (24 of float32, 53 of float64, 11 of float16,
/// 8 of bfloat16), over two to their number. Scalars: key and counter of <see cref="RandomBitsOp"/>. PyTorch: <c>torch.rand</c>.
/// </summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes.</param>
public sealed record RandOp(DType DType, Shape Shape) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("rand");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>Bits of a word that become a number; float64 takes 26 of one word and as many of another as this tells.</summary>
    public int Bits => DType switch { DType.Float16 => 11, DType.BFloat16 => 8, DType.Float64 => 27, _ => 24 };

    /// <summary>Blocks of four random words in a row that it takes.</summary>
    public long Blocks => DType == DType.Float64 ? 2 * BlocksOf(Shape) : BlocksOf(Shape);

    /// <summary>Blocks that hold a word for each element.</summary>
    internal static long BlocksOf(Shape shape) => (shape.ElementCount + 3) / 4;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 0, scalars, 2);
        OpDomain.Float.Check(DType, Name);
        outputs[0] = new(DType, Shape);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        long key = scalars[0].ToInt64(), counter = scalars[1].ToInt64();
        if (DType != DType.Float64)
        {
            outputs[0] = ops.Mul(Upper(ops, key, counter, Bits), Math.ScaleB(1, -Bits));
            return;
        }

        var (high, low) = (Upper(ops, key, counter, 26), Upper(ops, key, counter + BlocksOf(Shape), 27));
        outputs[0] = ops.Mul(ops.Add(ops.Mul(high, Math.ScaleB(1, 27)), low), Math.ScaleB(1, -53));
    }

    /// <summary>The upper bits of random words: whole numbers.</summary>
    private T Upper<T>(IOps<T> ops, long key, long counter, int bits)
    {
        var words = ops.Emit(new RandomBitsOp(Shape), [], [key, counter]);
        return ops.Cast(ops.Emit(BinaryOp.BitwiseAnd, ops.Emit(BinaryOp.ShiftRight, words, 32 - bits), (1L << bits) - 1), DType);
    }
}
