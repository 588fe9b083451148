namespace Nabla;

/// <summary>
/// Of each row: loss = logsumexp(x) - x[target]. Inputs: x [n, classes], target [n] (int64). Outputs: loss [n], logsumexp [n, 1] (float32 for half types).
/// A target out of range is an error. PyTorch: <c>torch.nn.functional.cross_entropy</c> without reduction, weight, smoothing or ignored rows.
/// </summary>
public sealed record CrossEntropyOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("cross_entropy");

    private CrossEntropyOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static CrossEntropyOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 2, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        var (x, target) = (inputs[0].Shape, inputs[1].Shape);
        if (x.Rank != 2 || target.Rank != 1 || x[0] != target[0])
            throw new ShapeException(Name, $"the scores {x} and the targets {target} do not fit: [n, classes] and [n].");
        if (inputs[1].DType != DType.Int64)
            throw new DTypeException(Name, $"targets are int64, not {inputs[1].DType.Name()}; convert with To(DType.Int64).");
        outputs[0] = inputs[0] with { Shape = target };
        outputs[1] = new(inputs[0].DType.Accumulator(), [x[0], 1]);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        long rows = ops.ShapeOf(x)[0];
        var total = ops.Emit(new LogSumExpOp([1], KeepDim: true), x);
        var picked = ops.Emit(new GatherOp(1), x, ops.Reshape(inputs[1], [rows, 1]));
        outputs[0] = ops.Cast(ops.Reshape(ops.Sub(total, picked), [rows]), ops.DTypeOf(inputs[0]));
        outputs[1] = total;
    }
}
