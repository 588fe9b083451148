using System.Buffers;

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
        RequireFloat(dtype, "rand");
        var op = new RandOp(dtype, Shape.Create(shape));
        return Draw(op, op.Blocks, [], device, generator, requiresGrad);
    }

    /// <summary>Normal with mean 0 and variance 1, float32, on the default device. PyTorch: <c>torch.randn</c>.</summary>
    public static Tensor Randn(params ReadOnlySpan<long> shape) => Randn(shape, Promotion.DefaultFloat);

    /// <summary>
    /// Normal with mean 0 and variance 1, by Box and Muller: sqrt(-2 log u) cos(2 pi v). Equal across devices within a few ulp.
    /// PyTorch: <c>torch.randn</c>.
    /// </summary>
    public static Tensor Randn(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null, Generator? generator = null, bool requiresGrad = false)
    {
        RequireFloat(dtype, "randn");
        var op = new RandnOp(dtype, Shape.Create(shape));
        return Draw(op, op.Blocks, [], device, generator, requiresGrad);
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
        var op = new RandIntOp(Shape.Create(shape));
        return temporaries.Keep(Draw(op, op.Blocks, [low, range], device, generator, requiresGrad: false).To(dtype));
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
        _ = Shape.Create([n]); // refuses more than a tensor holds
        var (key, counter) = (generator ?? CurrentGenerator).Reserve(n);
        long[] order = ArrayPool<long>.Shared.Rent((int)n);
        RandomOrder.Fill(order.AsSpan(0, (int)n), (ulong)key, (ulong)counter);
        var result = From<long>(order.AsSpan(0, (int)n), [n], device: device);
        ArrayPool<long>.Shared.Return(order);
        return result;
    }

    /// <summary>The result of an op that takes so many blocks of random words, and their key and counter behind other numbers.</summary>
    private static Tensor Draw(Op op, long blocks, ReadOnlySpan<Scalar> numbers, Device? device, Generator? generator, bool requiresGrad)
    {
        var (key, counter) = (generator ?? CurrentGenerator).Reserve(4 * blocks);
        return Create(op, [.. numbers, key, counter], device, requiresGrad);
    }

    private static void RequireFloat(DType dtype, string op)
    {
        if (!dtype.IsFloatingPoint())
            throw new DTypeException(op, $"its numbers are floating point, not {dtype.Name()}; use RandInt.");
    }
}
