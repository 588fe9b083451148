namespace Nabla;

/// <summary>
/// y = (x - mean) / sqrt(var + eps) * weight + bias over the last dimensions; the variance divides by n. Scalar: eps.
/// Inputs: x, and weight and bias when affine. Outputs: y, mean, rstd (the latter two keep the dimensions, and are float32 for half types).
/// PyTorch: <c>torch.nn.functional.layer_norm</c>.
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized.</param>
/// <param name="Affine">Whether weight and bias are given.</param>
public sealed record LayerNormOp(int Dims, bool Affine) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("layer_norm");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <summary>The last dimensions of a shape, ascending.</summary>
    public static ValueArray<int> LastAxes(Shape shape, int count) => [.. Enumerable.Range(shape.Rank - count, count)];

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Affine ? 3 : 1, scalars, 1);
        outputs[0] = inputs[0];
        outputs[1] = outputs[2] = Statistic(Name, inputs, Dims);
    }

    /// <summary>What is known of each row that is normalized, after a check of x and the parameters behind it.</summary>
    internal static TensorSpec Statistic(string op, ReadOnlySpan<TensorSpec> inputs, int dims)
    {
        OpDomain.Float.Check(inputs[0].DType, op);
        Arity.SameDType(op, inputs);
        var shape = inputs[0].Shape;
        if (dims < 1 || dims > shape.Rank)
            throw new TensorIndexException(op, $"{dims} dimensions of {shape} cannot be normalized.");
        foreach (var parameter in inputs[1..])
            if (!parameter.Shape.AsSpan().SequenceEqual(shape.AsSpan()[^dims..]))
                throw new ShapeException(op, $"weight or bias {parameter.Shape} does not have the normalized sizes of {shape}.");
        return new(inputs[0].DType.Accumulator(), ReducedShape.Of(shape, LastAxes(shape, dims).AsSpan(), keepDim: true, op));
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        var axes = LastAxes(ops.ShapeOf(x), Dims);
        var mean = ops.Emit(new MeanOp(axes, KeepDim: true), x);
        var variance = ops.Emit(new VarOp(axes, KeepDim: true), [x], [0]);
        var rstd = ops.Emit(UnaryOp.Rsqrt, ops.Add(variance, scalars[0]));
        var y = ops.Mul(ops.Sub(x, mean), rstd);
        if (Affine)
            y = ops.Add(ops.Mul(y, ops.Widen(inputs[1])), ops.Widen(inputs[2]));
        outputs[0] = ops.Cast(y, ops.DTypeOf(inputs[0]));
        outputs[1] = mean;
        outputs[2] = rstd;
    }
}
