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
        OpDomain.Float.Check(inputs[0].DType, Name);
        Arity.SameDType(Name, inputs);
        var shape = inputs[0].Shape;
        if (Dims < 1 || Dims > shape.Rank)
            throw new TensorIndexException(Name, $"{Dims} dimensions of {shape} cannot be normalized.");
        foreach (var parameter in inputs[1..])
            if (!parameter.Shape.AsSpan().SequenceEqual(shape.AsSpan()[^Dims..]))
                throw new ShapeException(Name, $"weight or bias {parameter.Shape} does not have the normalized sizes of {shape}.");
        outputs[0] = inputs[0];
        outputs[1] = outputs[2] = new(inputs[0].DType.Accumulator(), ReducedShape.Of(shape, LastAxes(shape, Dims).AsSpan(), keepDim: true, Name));
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
