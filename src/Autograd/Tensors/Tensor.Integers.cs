namespace Nabla;

/// <content>Divisors and multiples of integers.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The greatest common divisor; of 0 and 0 it is 0. Shapes broadcast, element types promote. PyTorch: <c>torch.gcd</c>.
    /// </summary>
    /// <exception cref="DTypeException">The elements are not integers.</exception>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Gcd(Tensor other) => OfIntegers(GcdOp.Instance, other);

    /// <summary>
    /// The least common multiple; 0 where either is 0. Shapes broadcast, element types promote. PyTorch: <c>torch.lcm</c>.
    /// </summary>
    /// <exception cref="DTypeException">The elements are not integers.</exception>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Lcm(Tensor other) => OfIntegers(LcmOp.Instance, other);

    private Tensor OfIntegers(CompositeOp op, Tensor other)
    {
        var dtype = Promotion.Result(this, other);
        if (!dtype.IsInteger())
            throw new DTypeException(op.Kind.Name, $"it is defined for integers, not for {dtype.Name()}.");
        using var temporaries = TemporaryScope.Open();
        var (a, b) = Alike(op, this, other, dtype);
        return temporaries.Keep(Apply(op, [a, b], default));
    }
}
