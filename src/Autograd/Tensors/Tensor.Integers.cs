namespace Nabla;

/// <content>Divisors and multiples of integers.</content>
public sealed partial class Tensor
{
    /// <summary>The greatest common divisor; of 0 and 0 it is 0. PyTorch: <c>torch.gcd</c>.</summary>
    /// <exception cref="DTypeException">The elements are not integers.</exception>
    public Tensor Gcd(Tensor other)
    {
        var dtype = Promotion.Result(this, other);
        if (!dtype.IsInteger())
            throw new DTypeException("gcd", $"it is defined for integers, not for {dtype.Name()}.");

        using var temporaries = TemporaryScope.Open();

        // Euclid's algorithm takes at most 1.44 steps for each bit (consecutive Fibonacci numbers); a fixed number needs no look at values.
        int bits = dtype.Size() * 8, steps = (int)Math.Ceiling(bits * 1.4405) + 1;
        var (a, b) = (Magnitude(Cast(dtype)), Magnitude(other.Cast(dtype)));
        var (one, zero) = (Ones([], dtype, Device), Zeros([], dtype, Device));
        for (int i = 0; i < steps; i++)
        {
            var before = (a, b);
            (a, b) = Step(a, b);
            if (i == 0)
                continue; // what it began with may be the operands themselves
            before.a.Dispose();
            before.b.Dispose();
        }

        return temporaries.Keep(a);

        (Tensor, Tensor) Step(Tensor a, Tensor b)
        {
            using var temporaries = TemporaryScope.Open();
            var done = b.Eq(0);
            var rest = a.Fmod(Where(done, one, b));
            return temporaries.Keep((Where(done, a, b), Where(done, zero, rest)));
        }

        static Tensor Magnitude(Tensor x) => x.DType == DType.UInt8 ? x : x.Abs();
    }

    /// <summary>The least common multiple; 0 where either is 0. PyTorch: <c>torch.lcm</c>.</summary>
    /// <exception cref="DTypeException">The elements are not integers.</exception>
    public Tensor Lcm(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        var divisor = Gcd(other);
        var safe = Where(divisor.Eq(0), Ones([], divisor.DType, Device), divisor);
        return temporaries.Keep((Cast(divisor.DType).Div(safe, RoundingMode.Trunc) * other.Cast(divisor.DType)).Abs());
    }
}
