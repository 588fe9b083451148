using static Nabla.Tests.Samples.SampleData;

namespace Nabla.Tests.Oracle;

internal static class PrimitiveLiterals
{
    private const double NaN = double.NaN;
    private const DType F = DType.Float64, I = DType.Int64, B = DType.Bool;

    public static IEnumerable<Literal> All() => [.. Elementwise(), .. Creation(), .. Reductions(), .. Movement(), .. Products()];

    private static IEnumerable<Literal> Elementwise() =>
    [
        new(WhereOp.Instance, [Of(B, [2], 1, 0), Of(F, [2], 1, 2), Of(F, [], 9)], [], [Of(F, [2], 1, 9)]),
        new(CopyOp.Instance, [Of(DType.Int16, [2], 5, -6)], [], [Of(DType.Int16, [2], 5, -6)]),
        new(new CastOp(I), [Of(F, [3], 2.9, -2.9, 0.5)], [], [Of(I, [3], 2, -2, 0)]),
        new(new CastOp(DType.Int8), [Of(I, [3], 128, 257, -129)], [], [Of(DType.Int8, [3], -128, 1, 127)]),
        new(new CastOp(B), [Of(F, [4], 0, -0.0, 0.1, NaN)], [], [Of(B, [4], 0, 0, 1, 1)]),
        new(new CastOp(DType.Float16), [Of(DType.Float32, [3], 65519, 65520, 1.00048828125f)], [], [Of(DType.Float16, [3], 65504, double.PositiveInfinity, 1)]),
        new(new CastOp(DType.BFloat16), [Of(DType.Float32, [2], 1.00390625f, 1.01171875f)], [], [Of(DType.BFloat16, [2], 1, 1.015625)]),
        new(new CastOp(F), [Of(B, [2], 1, 0)], [], [Of(F, [2], 1, 0)]),
    ];

    private static IEnumerable<Literal> Creation() =>
    [
        new(new FullOp(DType.Int32, [2]), [], [2.9], [Of(DType.Int32, [2], 2, 2)]),
        new(new AssertOp(DType.Float32, "check", "must hold."), [Of(B, [2], 1, 1)], [], [Of(DType.Float32, [], 0)]),
        new(new FullOp(B, []), [], [0.5], [Of(B, [], 1)]),
        new(new ArangeOp(I, 4), [], [5, -2], [Of(I, [4], 5, 3, 1, -1)]),
        new(new ArangeOp(F, 3), [], [0.5, 0.25], [Of(F, [3], 0.5, 0.75, 1)]),
        // The published test vectors of Philox4x32-10: zeros, and ones in every place that the op can set (the counter's upper half is 0 here).
        new(new RandomBitsOp([4]), [], [0, 0], [Of(DType.Int32, [4], 0x6627E8D5, unchecked((int)0xE169C58D), unchecked((int)0xBC57AC4C), unchecked((int)0x9B00DBD8))]),
    ];

    private static IEnumerable<Literal> Reductions()
    {
        var x = Of(F, [2, 3], 1, -2, 3, 4, 5, -6);
        yield return new(ReduceOp.Sum([0], false), [x], [], [Of(F, [3], 5, 3, -3)]);
        yield return new(ReduceOp.Sum([1], true), [x], [], [Of(F, [2, 1], 2, 3)]);
        yield return new(ReduceOp.Sum([0, 1], false), [Of(DType.Int8, [1, 2], 100, 100)], [], [Of(DType.Int8, [], -56)]);
        yield return new(ReduceOp.Sum([0], false), [Of(F, [0, 2])], [], [Of(F, [2], 0, 0)]);
        yield return new(ReduceOp.Prod([1], false), [x], [], [Of(F, [2], -6, -120)]);
        yield return new(ReduceOp.Prod([0], false), [Of(I, [0, 1])], [], [Of(I, [1], 1)]);
        yield return new(ReduceOp.Max([1], false), [x], [], [Of(F, [2], 3, 5)]);
        yield return new(ReduceOp.Max([0], false), [Of(F, [3], 1, NaN, 2)], [], [Of(F, [], NaN)]);
        yield return new(ReduceOp.Max([0], false), [Of(B, [2, 2], 0, 0, 1, 0)], [], [Of(B, [2], 1, 0)]);
        yield return new(ReduceOp.Min([0], true), [x], [], [Of(F, [1, 3], 1, -2, -6)]);
        yield return new(ReduceOp.Min([0], false), [Of(B, [2, 2], 1, 0, 1, 1)], [], [Of(B, [2], 1, 0)]);
        yield return new(ArgReduceOp.Max(1, false), [x], [], [Of(I, [2], 2, 1)]);
        yield return new(ArgReduceOp.Max(0, true), [Of(F, [4], 1, NaN, 9, NaN)], [], [Of(I, [1], 1)]);
        yield return new(ArgReduceOp.Min(0, false), [x], [], [Of(I, [3], 0, 0, 1)]);
        yield return new(ArgReduceOp.Min(0, false), [Of(I, [4], 3, 1, 1, 2)], [], [Of(I, [], 1)]);
    }

    private static IEnumerable<Literal> Movement()
    {
        var x = Of(F, [2, 2], 1, 2, 3, 4);
        yield return new(new PadOp([0, 1], [1, 0]), [x], [9], [Of(F, [3, 3], 9, 1, 2, 9, 3, 4, 9, 9, 9)]);
        yield return new(new ConcatOp(0), [x, Of(F, [1, 2], 5, 6)], [], [Of(F, [3, 2], 1, 2, 3, 4, 5, 6)]);
        yield return new(new ConcatOp(1), [x, Of(F, [2, 1], 5, 6)], [], [Of(F, [2, 3], 1, 2, 5, 3, 4, 6)]);
        yield return new(new GatherOp(0), [x, Of(I, [3, 2], 1, 0, 0, 0, 1, 1)], [], [Of(F, [3, 2], 3, 2, 1, 2, 3, 4)]);
        yield return new(new GatherOp(1), [x, Of(I, [2, 1], 1, 0)], [], [Of(F, [2, 1], 2, 3)]);
        yield return new(new ScatterAddOp(0), [x, Of(I, [3, 1], 0, 1, 1), Of(F, [3, 2], 10, 0, 20, 0, 30, 0)], [], [Of(F, [2, 2], 11, 2, 53, 4)]);
        yield return new(new ScatterAddOp(1), [x, Of(I, [2, 2], 0, 0, 1, 0), Of(F, [2, 2], 10, 20, 30, 40)], [], [Of(F, [2, 2], 31, 2, 43, 34)]);
        yield return new(new SliceScatterOp(new([1, 0], [1, 2], [1, 1])), [x, Of(F, [1, 2], 8, 9)], [], [Of(F, [2, 2], 1, 2, 8, 9)]);
        yield return new(new SliceScatterOp(new([4], [3], [-2])), [Of(I, [5], 0, 1, 2, 3, 4), Of(I, [3], 7, 8, 9)], [], [Of(I, [5], 9, 1, 8, 3, 7)]);
    }

    private static IEnumerable<Literal> Products()
    {
        var (a, b) = (Of(F, [2, 3], 1, 2, 3, 4, 5, 6), Of(F, [3, 2], 7, 8, 9, 10, 11, 12));
        yield return new(MatMulOp.Instance, [a, b], [], [Of(F, [2, 2], 58, 64, 139, 154)]);
        yield return new(MatMulOp.Instance, [Of(I, [2, 1, 2], 1, 2, 3, 4), Of(I, [2, 1], 5, 6)], [], [Of(I, [2, 1, 1], 17, 39)]);
        yield return new(MatMulOp.Instance, [Of(F, [1, 0]), Of(F, [0, 2])], [], [Of(F, [1, 2], 0, 0)]);
    }
}
