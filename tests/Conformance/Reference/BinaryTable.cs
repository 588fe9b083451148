using System.Numerics;
using static Nabla.BinaryOp;

namespace Nabla.Tests.Reference;

/// <summary>What each binary function does to two reals and to two integers.</summary>
internal static class BinaryTable
{
    public static readonly Dictionary<OpKind, Func<double, double, double>> Real = new()
    {
        [Add.Kind] = (a, b) => a + b,
        [Sub.Kind] = (a, b) => a - b,
        [Mul.Kind] = (a, b) => a * b,
        [Div.Kind] = (a, b) => a / b,
        [BinaryOp.FloorDivide.Kind] = FloorQuotient,
        [TruncDivide.Kind] = (a, b) => Math.Truncate(a / b),
        [BinaryOp.Remainder.Kind] = Modulo,
        [Fmod.Kind] = (a, b) => a % b,
        [BinaryOp.Pow.Kind] = Math.Pow,
        [Maximum.Kind] = Math.Max,
        [Minimum.Kind] = Math.Min,
        [Atan2.Kind] = Math.Atan2,
        [Hypot.Kind] = double.Hypot,
        [Copysign.Kind] = Math.CopySign,
    };

    public static readonly Dictionary<OpKind, Func<long, long, long>> Integer = new()
    {
        [Add.Kind] = (a, b) => unchecked(a + b),
        [Sub.Kind] = (a, b) => unchecked(a - b),
        [Mul.Kind] = (a, b) => unchecked(a * b),
        [BinaryOp.FloorDivide.Kind] = (a, b) => Quotient(a, b) - (Rest(a, b) != 0 && (a < 0) != (b < 0) ? 1 : 0),
        [TruncDivide.Kind] = Quotient,
        [BinaryOp.Remainder.Kind] = (a, b) => Rest(a, b) is var r && r != 0 && (r < 0) != (b < 0) ? r + b : r,
        [Fmod.Kind] = Rest,
        [BinaryOp.Pow.Kind] = Power,
        [Maximum.Kind] = Math.Max,
        [Minimum.Kind] = Math.Min,
        [LogicalAnd.Kind] = (a, b) => a & b,
        [LogicalOr.Kind] = (a, b) => a | b,
        [LogicalXor.Kind] = (a, b) => a ^ b,
        [BitwiseAnd.Kind] = (a, b) => a & b,
        [BitwiseOr.Kind] = (a, b) => a | b,
        [BitwiseXor.Kind] = (a, b) => a ^ b,
    };

    private static readonly OpKind[] Compares = [Eq.Kind, Ne.Kind, Lt.Kind, Le.Kind, Gt.Kind, Ge.Kind];

    public static Values Run(BinaryOp op, Values[] inputs, ReadOnlySpan<Scalar> scalars, in TensorSpec spec)
    {
        var number = op.Side == ScalarSide.None ? null : Rounded(new Values(new(op.ScalarType(inputs[0].DType), Shape.Scalar)).Fill(scalars[0]));
        var a = (op.Side == ScalarSide.Left ? number! : inputs[0]).Expand(spec.Shape);
        var b = (op.Side switch { ScalarSide.Left => inputs[0], ScalarSide.Right => number!, _ => inputs[1] }).Expand(spec.Shape);
        var kind = op.Kind; // not the op itself: the variant with a scalar is another one
        bool divides = kind == BinaryOp.FloorDivide.Kind || kind == TruncDivide.Kind || kind == BinaryOp.Remainder.Kind || kind == Fmod.Kind;
        int width = 8 * a.DType.Size();
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
        {
            if (divides && !b.IsReal && b.Integers[i] == 0)
                throw new TensorDivisionException(op.Kind.Name, $"{a.Integers[i]} by zero at element {i}; integers have no infinity.");
            if (Compares.Contains(kind))
                y.Integers[i] = (a.IsReal ? Compare(kind, a.Reals[i], b.Reals[i]) : Compare(kind, a.Integers[i], b.Integers[i])) ? 1 : 0;
            else if (a.IsReal)
                y.Reals[i] = Real[kind](a.Reals[i], b.Reals[i]);
            else if (kind == BinaryOp.ShiftLeft.Kind)
                y.Integers[i] = b.Integers[i] < 0 || b.Integers[i] >= width ? 0 : a.Integers[i] << (int)b.Integers[i];
            else if (kind == BinaryOp.ShiftRight.Kind)
                y.Integers[i] = a.Integers[i] >> (int)(b.Integers[i] < 0 || b.Integers[i] >= width ? 63 : b.Integers[i]);
            else
                y.Integers[i] = Integer[kind](a.Integers[i], b.Integers[i]);
        }

        return y;
    }

    private static bool Compare<T>(OpKind kind, T a, T b) where T : IComparisonOperators<T, T, bool> =>
        kind == Eq.Kind ? a == b : kind == Ne.Kind ? a != b : kind == Lt.Kind ? a < b : kind == Le.Kind ? a <= b : kind == Gt.Kind ? a > b : a >= b;

    private static Values Rounded(Values values) => Values.FromBytes(values.Spec, values.ToBytes());

    private static long Quotient(long a, long b) => b == -1 ? unchecked(-a) : a / b;

    private static long Rest(long a, long b) => b == -1 ? 0 : a % b;

    private static double Modulo(double a, double b) => a % b is var r && r != 0 && (r < 0) != (b < 0) ? r + b : r;

    /// <summary>floor(a / b) although a / b is rounded: what the exact remainder leaves is a multiple of b up to one rounding.</summary>
    private static double FloorQuotient(double a, double b)
    {
        if (b == 0)
            return a / b;
        double r = Modulo(a, b);
        return double.IsInfinity(b) ? Math.Floor(a / b) - (a != 0 && (a < 0) != (b < 0) ? 1 : 0) : Math.Round((a - r) / b);
    }

    private static long Power(long a, long b)
    {
        if (b < 0)
            return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
        long result = 1;
        for (; b > 0; b >>= 1, a = unchecked(a * a))
            if ((b & 1) == 1)
                result = unchecked(result * a);
        return result;
    }
}
