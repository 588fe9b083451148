using static Nabla.Tests.Reference.SpecialFunctions;
using static Nabla.UnaryOp;

namespace Nabla.Tests.Reference;

/// <summary>What each unary function does to a real and to an integer.</summary>
internal static class UnaryTable
{
    public static readonly Dictionary<OpKind, Func<double, double>> Real = new()
    {
        [Neg.Kind] = x => -x,
        [Abs.Kind] = Math.Abs,
        [UnaryOp.Sign.Kind] = x => double.IsNaN(x) ? 0 : Math.Sign(x),
        [Floor.Kind] = Math.Floor,
        [Ceil.Kind] = Math.Ceiling,
        [Round.Kind] = x => Math.Round(x, MidpointRounding.ToEven),
        [Trunc.Kind] = Math.Truncate,
        [Exp.Kind] = Math.Exp,
        [Exp2.Kind] = x => Math.Pow(2, x),
        [UnaryOp.Expm1.Kind] = SpecialFunctions.Expm1,
        [Log.Kind] = Math.Log,
        [Log2.Kind] = Math.Log2,
        [Log10.Kind] = Math.Log10,
        [UnaryOp.Log1p.Kind] = SpecialFunctions.Log1p,
        [Sqrt.Kind] = Math.Sqrt,
        [Rsqrt.Kind] = x => 1 / Math.Sqrt(x),
        [Reciprocal.Kind] = x => 1 / x,
        [Sin.Kind] = Math.Sin,
        [Cos.Kind] = Math.Cos,
        [Tan.Kind] = Math.Tan,
        [Asin.Kind] = Math.Asin,
        [Acos.Kind] = Math.Acos,
        [Atan.Kind] = Math.Atan,
        [Sinh.Kind] = Math.Sinh,
        [Cosh.Kind] = Math.Cosh,
        [Tanh.Kind] = Math.Tanh,
        [Asinh.Kind] = Math.Asinh,
        [Acosh.Kind] = Math.Acosh,
        [Atanh.Kind] = Math.Atanh,
        [Sigmoid.Kind] = x => 1 / (1 + Math.Exp(-x)),
        [UnaryOp.Erf.Kind] = SpecialFunctions.Erf,
        [UnaryOp.Erfc.Kind] = SpecialFunctions.Erfc,
        [UnaryOp.Erfinv.Kind] = SpecialFunctions.Erfinv,
        [UnaryOp.Lgamma.Kind] = SpecialFunctions.Lgamma,
        [UnaryOp.Digamma.Kind] = SpecialFunctions.Digamma,
    };

    public static readonly Dictionary<OpKind, Func<long, long>> Integer = new()
    {
        [Neg.Kind] = x => unchecked(-x),
        [Abs.Kind] = x => x < 0 ? unchecked(-x) : x,
        [UnaryOp.Sign.Kind] = x => Math.Sign(x),
        [Floor.Kind] = x => x,
        [Ceil.Kind] = x => x,
        [Round.Kind] = x => x,
        [Trunc.Kind] = x => x,
        [BitwiseNot.Kind] = x => ~x,
    };

    public static Values Run(UnaryOp op, Values x, in TensorSpec spec)
    {
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
        {
            if (op == LogicalNot)
                y.Integers[i] = (x.IsReal ? x.Reals[i] == 0 : x.Integers[i] == 0) ? 1 : 0;
            else if (op == IsNaN)
                y.Integers[i] = double.IsNaN(x.Reals[i]) ? 1 : 0;
            else if (op == IsInf)
                y.Integers[i] = double.IsInfinity(x.Reals[i]) ? 1 : 0;
            else if (x.IsReal)
                y.Reals[i] = Real[op.Kind](x.Reals[i]);
            else if (x.DType == DType.Bool)
                y.Integers[i] = 1 - x.Integers[i]; // bitwise_not alone takes bools: their negation
            else
                y.Integers[i] = Integer[op.Kind](x.Integers[i]);
        }

        return y;
    }
}
