using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>
/// The numbers by which kernels know operations, and the macros that name them in the sources. Not <see cref="OpKind.Id"/>, which changes
/// from run to run: built programs are kept on disk.
/// </summary>
internal static class OpCodes
{
    public static readonly UnaryOp[] Unary =
    [
        UnaryOp.Neg, UnaryOp.Abs, UnaryOp.Sign, UnaryOp.Floor, UnaryOp.Ceil, UnaryOp.Round, UnaryOp.Trunc, UnaryOp.Exp, UnaryOp.Exp2, UnaryOp.Expm1,
        UnaryOp.Log, UnaryOp.Log2, UnaryOp.Log10, UnaryOp.Log1p, UnaryOp.Sqrt, UnaryOp.Rsqrt, UnaryOp.Reciprocal, UnaryOp.Sin, UnaryOp.Cos, UnaryOp.Tan,
        UnaryOp.Asin, UnaryOp.Acos, UnaryOp.Atan, UnaryOp.Sinh, UnaryOp.Cosh, UnaryOp.Tanh, UnaryOp.Asinh, UnaryOp.Acosh, UnaryOp.Atanh, UnaryOp.Sigmoid,
        UnaryOp.BitwiseNot,
    ];

    public static readonly UnaryOp[] Special = [UnaryOp.Erf, UnaryOp.Erfc, UnaryOp.Erfinv, UnaryOp.Lgamma, UnaryOp.Digamma];

    public static readonly UnaryOp[] Predicates = [UnaryOp.IsNaN, UnaryOp.IsInf, UnaryOp.LogicalNot];

    public static readonly BinaryOp[] Binary =
    [
        BinaryOp.Add, BinaryOp.Sub, BinaryOp.Mul, BinaryOp.Div, BinaryOp.FloorDivide, BinaryOp.TruncDivide, BinaryOp.Remainder, BinaryOp.Fmod, BinaryOp.Pow,
        BinaryOp.Maximum, BinaryOp.Minimum, BinaryOp.Atan2, BinaryOp.Hypot, BinaryOp.Copysign, BinaryOp.LogicalAnd, BinaryOp.LogicalOr, BinaryOp.LogicalXor,
        BinaryOp.BitwiseAnd, BinaryOp.BitwiseOr, BinaryOp.BitwiseXor, BinaryOp.ShiftLeft, BinaryOp.ShiftRight,
    ];

    public static readonly BinaryOp[] Comparisons = [BinaryOp.Eq, BinaryOp.Ne, BinaryOp.Lt, BinaryOp.Le, BinaryOp.Gt, BinaryOp.Ge];

    public const int Sum = 0, Product = 1, Largest = 2, Smallest = 3;

    /// <summary>One #define an operation, and one an element type.</summary>
    public static string Defines { get; } = Write();

    private static string Write()
    {
        var text = new StringBuilder();
        foreach (var ops in new IEnumerable<Op>[] { Unary, Special, Predicates, Binary, Comparisons })
            foreach (var (code, op) in ops.Index())
                text.Append(CultureInfo.InvariantCulture, $"#define OP_{op.Kind.Name} {code}\n");
        foreach (var (code, name) in new[] { "sum", "prod", "amax", "amin" }.Index())
            text.Append(CultureInfo.InvariantCulture, $"#define OP_{name} {code}\n");
        foreach (var dtype in DTypes.All)
            text.Append(CultureInfo.InvariantCulture, $"#define DT_{dtype.Name()} {(int)dtype}\n");
        return text.ToString();
    }
}
