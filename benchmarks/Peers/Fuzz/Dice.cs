namespace Nabla.Peers;

/// <summary>Draws what a trial consists of: shapes, element types, arguments.</summary>
/// <param name="seed">Of what is drawn.</param>
/// <param name="large">Shapes are such as programs have, for timing, instead of such as find errors.</param>
internal sealed class Dice(int seed, bool large = false)
{
    private const long MostElements = 1 << 20;
    private static readonly long[] Sizes = [1, 1, 2, 3, 3, 4, 5, 7];
    private static readonly long[] WideSizes = [16, 17, 33, 65, 130];
    private static readonly long[] LargeSizes = [1, 2, 3, 4, 8, 10, 16, 32, 33, 64, 64, 100, 128, 200, 256, 257, 512, 768, 1000, 1024, 4096, 10_000];
    private static readonly DType[] Types =
    [
        DType.Bool, DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32, DType.Float32, DType.Float64, DType.Float64,
    ];

    private readonly Random _random = new(seed);

    /// <summary>Whether shapes are for timing.</summary>
    public bool IsLarge => large;

    /// <summary>From <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    public double Real(double low, double high) => low + ((high - low) * _random.NextDouble());

    public bool Chance(double probability = 0.5) => _random.NextDouble() < probability;

    public T Pick<T>(params T[] from) => from[_random.Next(from.Length)];

    public DType AnyType() => large && Chance(0.6) ? DType.Float32 : Pick(Types);

    /// <summary>Any but bool: libtorch's gradients of some functions end the process for it.</summary>
    public DType NumberType() => Pick(Types[1..]);

    public DType FloatType() => large && Chance(0.7) ? DType.Float32 : Pick(DType.Float32, DType.Float64, DType.Float64, DType.Float64, DType.Float16, DType.BFloat16);

    public DType WideFloatType() => Pick(DType.Float32, DType.Float64);

    public DType WideNumberType() => Chance() ? WideFloatType() : IntegerType();

    public DType IntegerType() => Pick(DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64);

    /// <summary>Small sizes, sometimes 0, sometimes one that fills vectors.</summary>
    public long[] Shape(int minRank = 0, int maxRank = 4)
    {
        var shape = new long[Between(minRank, maxRank)];
        if (large)
            return Large(shape);
        for (int d = 0; d < shape.Length; d++)
            shape[d] = Chance(0.05) ? 0 : Pick(Sizes);
        if (shape.Length > 0 && Chance(0.2))
            shape[Between(0, shape.Length - 1)] = Pick(WideSizes);
        return shape;
    }

    /// <summary>A size from one to another, or one such as programs have.</summary>
    public int Extent(int first, int last) => large ? (int)LargeSizes[_random.Next(LargeSizes.Length - 6)] : Between(first, last);

    /// <summary>Up to a million elements, often far fewer.</summary>
    private long[] Large(long[] shape)
    {
        long rest = MostElements >> (2 * Between(0, 6));
        for (int d = 0; d < shape.Length; d++)
        {
            long size;
            do
                size = Pick(LargeSizes);
            while (size > rest);
            rest /= size;
            shape[d] = size;
        }

        _random.Shuffle(shape);
        return shape;
    }

    /// <summary>A shape that broadcasts with another: some dimensions 1, some in front left out.</summary>
    public long[] Beside(long[] shape)
    {
        int dropped = Chance(0.3) ? Between(0, shape.Length) : 0;
        return [.. shape.Skip(dropped).Select(size => Chance(0.25) ? 1 : size)];
    }

    /// <summary>A dimension, counted from either end.</summary>
    public int Dim(int rank) => Between(-Math.Max(1, rank), Math.Max(1, rank) - 1);

    public int[] Order(int rank)
    {
        int[] order = [.. Enumerable.Range(0, rank)];
        _random.Shuffle(order);
        return order;
    }
}
