namespace Nabla;

/// <content>
/// Random numbers. They come from the ambient generator, and the same seed gives the same numbers on every device.
/// </content>
public sealed partial class Tensor
{
    private static readonly Generator ProcessGenerator = new(Random.Shared.NextInt64());

    /// <summary>Starts the generator in force over with a seed. PyTorch: <c>torch.manual_seed</c>.</summary>
    public static void ManualSeed(long seed) => CurrentGenerator.ManualSeed(seed);

    internal static Generator CurrentGenerator => Ambient.Current?.Generator ?? ProcessGenerator;

    /// <summary>Uniform in [0, 1), float32, on the default device. PyTorch: <c>torch.rand</c>.</summary>
    public static Tensor Rand(params ReadOnlySpan<long> shape) => Rand(shape, Promotion.DefaultFloat);

    /// <summary>
    /// Uniform in [0, 1): the upper bits of random words, as many as the element type holds exactly (24 for float32, 53 for float64).
    /// PyTorch: <c>torch.rand</c>.
    /// </summary>
    public static Tensor Rand(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null, Generator? generator = null, bool requiresGrad = false)
    {
        using var temporaries = TemporaryScope.Open();
        using var _ = Autograd.NoGrad();
        var sizes = Shape.Create(shape);
        var result = dtype switch
        {
            DType.Float32 => Upper(Bits(sizes, device, generator), 24).To(dtype) * Math.ScaleB(1, -24),
            DType.Float64 => (Upper(Bits(sizes, device, generator), 26).To(dtype) * Math.ScaleB(1, 27) + Upper(Bits(sizes, device, generator), 27).To(dtype)) * Math.ScaleB(1, -53),
            DType.Float16 => Upper(Bits(sizes, device, generator), 11).To(dtype) * Math.ScaleB(1, -11),
            DType.BFloat16 => Upper(Bits(sizes, device, generator), 8).To(dtype) * Math.ScaleB(1, -8),
            _ => throw new DTypeException("rand", $"uniform numbers are floating point, not {dtype.Name()}; use RandInt."),
        };
        result.RequiresGrad = requiresGrad;
        return temporaries.Keep(result);
    }

    /// <summary>Normal with mean 0 and variance 1, float32, on the default device. PyTorch: <c>torch.randn</c>.</summary>
    public static Tensor Randn(params ReadOnlySpan<long> shape) => Randn(shape, Promotion.DefaultFloat);

    /// <summary>
    /// Normal with mean 0 and variance 1, by Box and Muller: sqrt(-2 log u) cos(2 pi v). Equal across devices within a few ulp.
    /// PyTorch: <c>torch.randn</c>.
    /// </summary>
    public static Tensor Randn(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null, Generator? generator = null, bool requiresGrad = false)
    {
        using var temporaries = TemporaryScope.Open();
        using var _ = Autograd.NoGrad();
        var compute = dtype.Accumulator();
        var u = 1 - Rand(shape, compute, device, generator); // (0, 1]: its logarithm is finite
        var v = Rand(shape, compute, device, generator);
        var result = ((u.Log() * -2).Sqrt() * (v * (2 * Math.PI)).Cos()).To(dtype);
        result.RequiresGrad = requiresGrad;
        return temporaries.Keep(result);
    }

    /// <summary>Integers from low up to but without high. PyTorch: <c>torch.randint</c>.</summary>
    /// <exception cref="TensorArgumentException">There is none between, or 2^31 or more.</exception>
    public static Tensor RandInt(long low, long high, ReadOnlySpan<long> shape, DType dtype = DType.Int64, Device? device = null, Generator? generator = null)
    {
        using var temporaries = TemporaryScope.Open();
        long range = high - low;
        if (range is <= 0 or > int.MaxValue)
            throw new TensorArgumentException("randint", $"from {low} up to but without {high} there are {range} integers; there must be 1 to {int.MaxValue}.");
        using var _ = Autograd.NoGrad();

        // Multiply-high: the word, as a fraction of 2^32, times the range.
        var word = Bits(Shape.Create(shape), device, generator).To(DType.Int64).BitwiseAnd(uint.MaxValue);
        return temporaries.Keep(((word * range).BitwiseRightShift(32) + low).To(dtype));
    }

    /// <summary>1 with the probability that each element of <paramref name="p"/> gives, else 0; of its type. PyTorch: <c>torch.bernoulli</c>.</summary>
    /// <exception cref="TensorArgumentException">A probability lies outside 0 .. 1.</exception>
    public static Tensor Bernoulli(Tensor p, Generator? generator = null)
    {
        const string Op = "bernoulli";
        using var temporaries = TemporaryScope.Open();
        p.RequireFloat(Op);
        using var _ = Autograd.NoGrad();
        var drawn = Rand(p.Shape, p.DType.Accumulator(), p.Device, generator).Lt(p.To(p.DType.Accumulator())).To(p.DType);
        return temporaries.Keep(Functional.Checked(drawn, p, x => x.Ge(0).LogicalAnd(x.Le(1)), Op, "a probability lies outside 0 .. 1; apply Sigmoid() or Clamp(0, 1)."));
    }

    /// <summary>
    /// The integers below n in a random order: the order of n random words, equal ones by position. Sorted on the host, then put on the
    /// device. PyTorch: <c>torch.randperm</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException"><paramref name="n"/> is negative.</exception>
    public static Tensor RandPerm(long n, Device? device = null, Generator? generator = null)
    {
        if (n < 0)
            throw new TensorArgumentException("randperm", $"there are no {n} integers; n is at least 0.");
        var (key, counter) = (generator ?? CurrentGenerator).Reserve(n);
        var words = new uint[n];
        var order = new long[n];
        for (long i = 0; i < n; i++)
        {
            var (x0, x1, x2, x3) = Philox.Block((ulong)key, (ulong)(counter + (i / 4)));
            words[i] = (i % 4) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
            order[i] = i;
        }

        // The position as second key makes the unstable sort stable.
        Array.Sort(order, (a, b) => words[a] != words[b] ? words[a].CompareTo(words[b]) : a.CompareTo(b));
        return From(order, device: device);
    }

    private static Tensor Bits(Shape shape, Device? device, Generator? generator)
    {
        var (key, counter) = (generator ?? CurrentGenerator).Reserve(shape.ElementCount);
        return Create(new RandomBitsOp(shape), [key, counter], device);
    }

    /// <summary>The upper bits of random words, as non-negative int32.</summary>
    private static Tensor Upper(Tensor words, int bits) => words.BitwiseRightShift(32 - bits).BitwiseAnd((1L << bits) - 1);
}
