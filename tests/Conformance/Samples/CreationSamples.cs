using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Full, arange and random numbers.</summary>
internal static class CreationSamples
{
    public static IEnumerable<Sample> All() => [.. Full(), .. Arange(), .. RandomBits(), .. Random(), .. Assertions()];

    private static IEnumerable<Sample> Full()
    {
        (string, Scalar, DType[])[] numbers =
        [
            ("integer", 3, Kinds.Any), ("fraction", 2.75, Kinds.Any), ("bool", true, Kinds.Any), ("negative", -7, [.. Kinds.Float, DType.Int64, DType.Int32, DType.Int16, DType.Int8]),
            ("nan", double.NaN, Kinds.Float), ("infinity", double.NegativeInfinity, Kinds.Float), ("beyond-int32", 1L << 40, [DType.Int64, DType.Float64, DType.Float32]),
        ];
        foreach (var (name, number, dtypes) in numbers)
            yield return new() { Name = $"full/{name}", Op = t => new FullOp(t, [2, 33]), Scalars = _ => [number], DTypes = dtypes, Slack = 0 };
        yield return new() { Name = "full/without-dimensions", Op = t => new FullOp(t, []), Scalars = _ => [5], DTypes = Kinds.Any, Slack = 0 };
        yield return new() { Name = "full/empty", Op = t => new FullOp(t, [2, 0]), Scalars = _ => [5], DTypes = Kinds.Any, Slack = 0 };
    }

    private static IEnumerable<Sample> Arange()
    {
        yield return new() { Name = "arange/up", Op = t => new ArangeOp(t, 37), Scalars = _ => [2, 3], DTypes = Kinds.Numeric, Slack = 0 };
        yield return new() { Name = "arange/down", Op = t => new ArangeOp(t, 20), Scalars = _ => [50, -5], DTypes = [.. Kinds.Float, DType.Int64, DType.Int32, DType.Int16, DType.Int8], Slack = 0 };
        yield return new() { Name = "arange/fraction", Op = t => new ArangeOp(t, 37), Scalars = _ => [-1.5, 0.1], DTypes = Kinds.Float };
        yield return new() { Name = "arange/beyond-2^53", Op = t => new ArangeOp(t, 5), Scalars = _ => [(1L << 60) + 1, 3], DTypes = [DType.Int64], Slack = 0 };
        yield return new() { Name = "arange/empty", Op = t => new ArangeOp(t, 0), Scalars = _ => [0, 1], DTypes = Kinds.Numeric, Slack = 0 };
    }

    private static IEnumerable<Sample> Assertions()
    {
        foreach (var (name, shape) in new (string, Shape)[] { ("holds", [5, 7]), ("without-dimensions", []), ("empty", [0, 3]) })
            yield return new() { Name = $"assert_async/{name}", Op = t => new AssertOp(t, "check", "must hold."), Inputs = _ => [new Values(new(DType.Bool, shape)).Fill(true)], DTypes = Kinds.Float, Slack = 0 };
    }

    /// <summary>Keys and counters in which each 32-bit half counts; sizes that end inside a block of four.</summary>
    private static IEnumerable<Sample> RandomBits()
    {
        (string, Shape, long, long)[] calls =
        [
            ("small", [7], 42, 0), ("without-dimensions", [], 1, 5), ("ragged", [3, 43], 0x1234_5678_9ABC_DEF0, 1000), ("carry", [13], -1, 0xFFFF_FFFF),
            ("wide-counter", [16], long.MinValue, 0x7FFF_FFFF_0000_0001), ("empty", [0], 3, 3), ("large", [40_001], 7, 123),
        ];
        foreach (var (name, shape, key, counter) in calls)
            yield return new() { Name = $"random_bits/{name}", Op = _ => new RandomBitsOp(shape), Scalars = _ => [key, counter], DTypes = [DType.Int32], Slack = 0 };
    }

    private static IEnumerable<Sample> Random()
    {
        (string, Shape, long, long)[] calls = [("small", [7], 42, 0), ("without-dimensions", [], 1, 5), ("ragged", [3, 43], 0x1234_5678_9ABC_DEF0, 0xFFFF_FFFA), ("empty", [2, 0], 3, 3), ("large", [10_001], 7, 123)];
        foreach (var (name, shape, key, counter) in calls)
        {
            yield return new() { Name = $"rand/{name}", Op = t => new RandOp(t, shape), Scalars = _ => [key, counter], Slack = 0 };
            yield return new() { Name = $"randn/{name}", Op = t => new RandnOp(t, shape), Scalars = _ => [key, counter] };
            yield return new() { Name = $"randint/{name}", Op = _ => new RandIntOp(shape), Scalars = _ => [-3, 1000, key, counter], DTypes = [DType.Int64], Slack = 0 };
        }

        yield return new() { Name = "randint/widest", Op = _ => new RandIntOp([33]), Scalars = _ => [(1L << 40) - 7, int.MaxValue, 9, 1], DTypes = [DType.Int64], Slack = 0 };
    }
}
