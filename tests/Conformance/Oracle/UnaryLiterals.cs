using static Nabla.Tests.Samples.SampleData;
using static Nabla.UnaryOp;

namespace Nabla.Tests.Oracle;

internal static class UnaryLiterals
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    private static readonly (UnaryOp Op, double[] X, double[] Y)[] Reals =
    [
        (Neg, [1.5, -2, 0, NaN], [-1.5, 2, 0, NaN]), (Abs, [1.5, -2, -Inf], [1.5, 2, Inf]), (UnaryOp.Sign, [3, -0.1, 0, NaN, -Inf], [1, -1, 0, 0, -1]),
        (Floor, [1.5, -1.5, -2], [1, -2, -2]), (Ceil, [1.5, -1.5, 2], [2, -1, 2]), (Round, [0.5, 1.5, 2.5, -0.5, -1.5, 2.51], [0, 2, 2, 0, -2, 3]), (Trunc, [1.9, -1.9], [1, -1]),
        (Exp, [0, 1, -2, -Inf], [1, 2.718281828459045, 0.1353352832366127, 0]), (Exp2, [0.5, 3, -1], [1.4142135623730951, 8, 0.5]),
        (Expm1, [1e-10, 1, 0, -Inf, Inf], [1.00000000005e-10, 1.718281828459045, 0, -1, Inf]), (Log, [2, 10, 0, -1], [0.6931471805599453, 2.302585092994046, -Inf, NaN]),
        (Log2, [8, 10], [3, 3.321928094887362]), (Log10, [1000, 2], [3, 0.3010299956639812]), (Log1p, [1e-10, 1, -1, Inf], [9.9999999995e-11, 0.6931471805599453, -Inf, Inf]),
        (Sqrt, [9, 2, -1], [3, 1.4142135623730951, NaN]), (Rsqrt, [4, 0], [0.5, Inf]), (Reciprocal, [4, -0.0], [0.25, -Inf]), (Sin, [0, 1], [0, 0.8414709848078965]),
        (Cos, [0, 1], [1, 0.5403023058681398]), (Tan, [1], [1.5574077246549023]), (Asin, [0.5, 2], [0.5235987755982989, NaN]), (Acos, [0.5, -1], [1.0471975511965979, 3.141592653589793]),
        (Atan, [2, Inf], [1.1071487177940904, 1.5707963267948966]), (Sinh, [1], [1.1752011936438014]), (Cosh, [1], [1.5430806348152437]), (Tanh, [0.5, Inf], [0.46211715726000974, 1]),
        (Asinh, [1, -1], [0.881373587019543, -0.881373587019543]), (Acosh, [2, 0.5], [1.3169578969248166, NaN]), (Atanh, [0.5, 1], [0.5493061443340548, Inf]),
        (Sigmoid, [0, 1, -1000], [0.5, 0.7310585786300049, 0]), (Erf, [0.5, -1, 2.5, -Inf], [0.5204998778130465, -0.8427007929497149, 0.999593047982555, -1]),
        (Erfc, [0.5, 3, 6, -Inf], [0.4795001221869535, 2.2090496998585438e-05, 2.1519736712498916e-17, 2]),
        (Erfinv, [0.5, 0.9, -0.99, 1, 1.1], [0.4769362762044699, 1.1630871536766743, -1.8213863677184496, Inf, NaN]),
        (Lgamma, [0.5, 5, -1.5, 100, 1, -2], [0.5723649429247004, 3.178053830347945, 0.8600470153764812, 359.1342053695754, 0, Inf]),
        (Lgamma, [-1 + 1e-10, -3 - 1e-10, 1e-310, -1e-310, -0.3], [23.0258508472423677, 21.2340913778464225, 713.8013788281541651, 713.8013788281541651, 1.4648400508576025]),
        (Digamma, [1, 0.5, 10, -0.5, -1, 0], [-0.5772156649015329, -1.9635100260214235, 2.251752589066721, 0.0364899739785765, NaN, -Inf]),
        (Digamma, [-1e-20, -1e-6, -1 + 1e-10, -3 - 1e-10], [1e20, 999999.42278269020845, -9999999172.1735741334, 9999999173.8524761369]),
    ];

    public static IEnumerable<Literal> All()
    {
        foreach (var (op, x, y) in Reals)
            yield return new(op, [Of(DType.Float64, [x.Length], x)], [], [Of(DType.Float64, [y.Length], y)]);
        foreach (var (op, dtype, x, y) in new (UnaryOp, DType, double[], double[])[]
        {
            (Neg, DType.Int8, [5, -128], [-5, -128]), (Neg, DType.UInt8, [1, 0], [255, 0]), (Abs, DType.Int8, [-5, -128], [5, -128]), (Abs, DType.Int32, [-7, int.MinValue], [7, int.MinValue]),
            (UnaryOp.Sign, DType.Int64, [-9, 0, 4], [-1, 0, 1]), (Floor, DType.Int32, [-9], [-9]), (BitwiseNot, DType.UInt8, [0, 200], [255, 55]), (BitwiseNot, DType.Int16, [0, -1], [-1, 0]),
            (BitwiseNot, DType.Bool, [0, 1], [1, 0]),
        })
            yield return new(op, [Of(dtype, [x.Length], x)], [], [Of(dtype, [y.Length], y)]);
        foreach (var (op, dtype, x, y) in new (UnaryOp, DType, double[], double[])[]
        {
            (UnaryOp.IsNaN, DType.Float32, [NaN, Inf, 1], [1, 0, 0]), (IsInf, DType.Float32, [NaN, -Inf, 1], [0, 1, 0]), (LogicalNot, DType.Float32, [0, 0.5, NaN], [1, 0, 0]), (LogicalNot, DType.Int32, [0, 7], [1, 0]),
        })
            yield return new(op, [Of(dtype, [x.Length], x)], [], [Of(DType.Bool, [y.Length], y)]);
    }
}
