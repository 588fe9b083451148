namespace Nabla;

/// <summary>
/// Normal numbers with mean 0 and variance 1: sqrt(-2 log u) cos(2 pi v) of uniform numbers u in (0, 1] and v in [0, 1). Half types are rounded from
/// float32. Scalars: key and counter of <see cref="RandomBitsOp"/>. Source: Box and Muller, 1958. PyTorch: <c>torch.randn</c>.
/// </summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes.</param>
public sealed record RandnOp(DType DType, Shape Shape) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("randn");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>Blocks of four random words in a row that it takes: those of u, then those of v.</summary>
    public long Blocks => 2 * Uniform.Blocks;

    /// <summary>Where u and v come from.</summary>
    public RandOp Uniform => new(DType.Accumulator(), Shape);

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
        var uniform = Uniform;
        var u = ops.Emit(BinaryOp.Sub, 1, ops.Emit(uniform, [], scalars)); // (0, 1]: its logarithm is finite
        var v = ops.Emit(uniform, [], [scalars[0], scalars[1].ToInt64() + uniform.Blocks]);
        var radius = ops.Emit((Op)UnaryOp.Sqrt, ops.Mul(ops.Emit((Op)UnaryOp.Log, u), -2));
        outputs[0] = ops.Cast(ops.Mul(radius, ops.Emit((Op)UnaryOp.Cos, ops.Mul(v, 2 * Math.PI))), DType);
    }
}
