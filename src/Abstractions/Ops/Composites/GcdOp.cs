namespace Nabla;

/// <summary>
/// The greatest common divisor of integers, not negative; of 0 and 0 it is 0. The most negative number has no magnitude in its type: with it the sign is
/// that of Euclid's remainders. Inputs: a, b, of one shape. PyTorch: <c>torch.gcd</c>.
/// </summary>
public sealed record GcdOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("gcd");

    private GcdOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static GcdOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.AlikeIntegers(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        // Euclid's algorithm takes at most 1.44 steps for each bit (consecutive Fibonacci numbers); a fixed number needs no look at values.
        var dtype = ops.DTypeOf(inputs[0]);
        int steps = (int)Math.Ceiling(dtype.Size() * 8 * 1.4405) + 1;
        T[] pair = [Magnitude(inputs[0]), Magnitude(inputs[1])], last = new T[2];
        ops.Emit(new EuclidOp(steps), pair, default, last);
        outputs[0] = last[0];

        T Magnitude(T x) => dtype == DType.UInt8 ? x : ops.Emit(UnaryOp.Abs, x);
    }
}
