namespace Nabla;

/// <summary>
/// Steps of Euclid's algorithm: (a, b) becomes (b, a fmod b), and stays where b is 0. Inputs: a, b, integers of one shape. Outputs: what they become.
/// </summary>
/// <param name="Steps">How many, at least 1.</param>
public sealed record EuclidOp(int Steps) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("euclid");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        if (Steps < 1)
            throw new TensorArgumentException(Name, $"there are {Steps} steps; take at least 1.");
        outputs[0] = outputs[1] = Arity.AlikeIntegers(this, inputs, scalars);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        if (Steps > 1)
        {
            // Halves of halves: what a half has made between is released with it, so that a handful of tensors live at a time, not some for each step.
            var middle = new T[2];
            ops.Emit(new EuclidOp(Steps / 2), inputs, default, middle);
            ops.Emit(new EuclidOp(Steps - (Steps / 2)), middle, default, outputs);
            return;
        }

        var (a, b) = (inputs[0], inputs[1]);
        var dtype = ops.DTypeOf(a);
        var done = ops.Emit(BinaryOp.Eq, b, 0);
        var rest = ops.Emit((Op)BinaryOp.Fmod, a, ops.Where(done, ops.Full(1, dtype), b));
        outputs[0] = ops.Where(done, a, b);
        outputs[1] = ops.Where(done, ops.Full(0, dtype), rest);
    }
}
