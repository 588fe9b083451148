using static Nabla.BinaryOp;
using static Nabla.Tests.Samples.SampleData;

namespace Nabla.Tests.Oracle;

internal static class BinaryLiterals
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;
    private const DType F = DType.Float64, I = DType.Int32, B = DType.Bool;

    private static readonly (BinaryOp Op, DType DType, double[] A, double[] B, double[] Y)[] Calls =
    [
        (Add, F, [1, Inf], [0.5, -Inf], [1.5, NaN]), (Add, DType.Int8, [127], [1], [-128]), (Add, I, [int.MaxValue], [1], [int.MinValue]), (Add, DType.UInt8, [250], [10], [4]),
        (Sub, F, [1], [0.25], [0.75]), (Sub, DType.UInt8, [1], [2], [255]), (Mul, F, [3, 0], [-0.5, Inf], [-1.5, NaN]), (Mul, DType.Int16, [300], [300], [24464]), (Div, F, [1, 1, -1, 0], [4, 0, 0, 0], [0.25, Inf, -Inf, NaN]),
        (FloorDivide, F, [7, -7, 1, 1, Inf, -1], [2, 2, 0.1, 0, 2, Inf], [3, -4, 9, Inf, NaN, -1]), (FloorDivide, I, [7, -7, 7, -7, int.MinValue], [2, 2, -2, -2, -1], [3, -4, -4, 3, int.MinValue]),
        (TruncDivide, F, [7, -7], [2, 2], [3, -3]), (TruncDivide, I, [7, -7, 7, int.MinValue], [2, 2, -2, -1], [3, -3, -3, int.MinValue]),
        (Remainder, F, [5.5, -5.5, 5.5, -1, 1], [2, 2, -2, Inf, 0], [1.5, 0.5, -0.5, Inf, NaN]), (Remainder, I, [7, -7, 7, int.MinValue], [3, 3, -3, -1], [1, 2, -2, 0]),
        (Fmod, F, [5.5, -5.5, 5.5], [2, 2, -2], [1.5, -1.5, 1.5]), (Fmod, I, [7, -7, 7, int.MinValue], [3, 3, -3, -1], [1, -1, 1, 0]),
        (Pow, F, [2, 4, -8, 1, 0, -1], [10, 0.5, 0.5, NaN, 0, Inf], [1024, 2, NaN, 1, 1, 1]), (Pow, I, [3, -2, 2, 2, -1, -1, 1, 0], [4, 3, 32, -1, -1, -2, -5, -1], [81, -8, 0, 0, -1, 1, 1, 0]),
        (Maximum, F, [1, NaN, 2], [3, 1, NaN], [3, NaN, NaN]), (Maximum, I, [1, -5], [3, -9], [3, -5]), (Minimum, F, [1, NaN, 2], [3, 1, NaN], [1, NaN, NaN]), (Minimum, I, [1, -5], [3, -9], [1, -9]),
        (Atan2, F, [1, -1, 0], [0, -1, -1], [1.5707963267948966, -2.356194490192345, 3.141592653589793]), (Hypot, F, [3, 3e200, Inf], [4, 4e200, NaN], [5, 5e200, Inf]), (Copysign, F, [3, -3, 1], [-0.0, 2, -5], [-3, 3, -1]),
        (LogicalAnd, B, [0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1]), (LogicalOr, B, [0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 1]), (LogicalXor, B, [0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]),
        (BitwiseAnd, I, [12, -1], [10, 7], [8, 7]), (BitwiseOr, I, [12, 0], [10, -1], [14, -1]), (BitwiseXor, I, [12, -1], [10, 0], [6, -1]), (BitwiseXor, B, [1, 1], [1, 0], [0, 1]),
        (ShiftLeft, I, [3, 1, 1, 1], [2, 31, 32, -1], [12, int.MinValue, 0, 0]), (ShiftLeft, DType.UInt8, [255, 1], [1, 8], [254, 0]), (ShiftRight, I, [12, -12, -12, 12, -1], [2, 2, 32, 40, -3], [3, -3, -1, 0, -1]),
    ];

    private static readonly (BinaryOp Op, double[] Y)[] Comparisons =
    [
        (Eq, [0, 1, 0, 0]), (Ne, [1, 0, 1, 1]), (Lt, [1, 0, 0, 0]), (Le, [1, 1, 0, 0]), (Gt, [0, 0, 1, 0]), (Ge, [0, 1, 1, 0]),
    ];

    public static IEnumerable<Literal> All()
    {
        foreach (var (op, dtype, a, b, y) in Calls)
            yield return new(op, [Of(dtype, [a.Length], a), Of(dtype, [b.Length], b)], [], [Of(dtype, [y.Length], y)]);
        foreach (var (op, y) in Comparisons)
        {
            yield return new(op, [Of(F, [4], 1, 2, 3, NaN), Of(F, [], 2)], [], [Of(B, [4], y)]);
            yield return new(op, [Of(DType.Int64, [3], long.MinValue, 2, 3), Of(DType.Int64, [], 2)], [], [Of(B, [3], y[..3])]);
        }

        yield return new(Sub.With(ScalarSide.Left), [Of(F, [2], 1, 4)], [10], [Of(F, [2], 9, 6)]);
        yield return new(Sub.With(ScalarSide.Right), [Of(F, [2], 1, 4)], [10], [Of(F, [2], -9, -6)]);
        yield return new(Pow.With(ScalarSide.Left), [Of(DType.Int64, [2], 3, 5)], [2], [Of(DType.Int64, [2], 8, 32)]);
        yield return new(Add, [Of(F, [2, 1], 10, 20), Of(F, [3], 1, 2, 3)], [], [Of(F, [2, 3], 11, 12, 13, 21, 22, 23)]);
    }
}
