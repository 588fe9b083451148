using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddUnary(OpColumn<GradientRule> column)
    {
        const double TwoOverSqrtPi = 1.1283791670955126;
        const double Ln2 = 0.6931471805599453, Ln10 = 2.302585092994046;

        void Free(UnaryOp op, Vjp product) => column.Add(op.Kind, new PerInputRule((None, product)));
        void FromX(UnaryOp op, Func<Tensor, Tensor, Tensor> product) =>
            column.Add(op.Kind, new PerInputRule((Input(0), (in BackwardContext c) => product(c.Grad, c.Input(0)))));
        void FromY(UnaryOp op, Func<Tensor, Tensor, Tensor> product) =>
            column.Add(op.Kind, new ResultRule(product));

        Free(UnaryOp.Neg, (in BackwardContext c) => -c.Grad);
        FromX(UnaryOp.Abs, (g, x) => g * x.Sign());

        // Steps: flat almost everywhere. PyTorch gives zeros, too.
        foreach (var step in new[] { UnaryOp.Sign, UnaryOp.Floor, UnaryOp.Ceil, UnaryOp.Round, UnaryOp.Trunc })
            Free(step, (in BackwardContext c) => Tensor.ZerosLike(c.Grad));

        FromY(UnaryOp.Exp, (g, y) => g * y);
        FromY(UnaryOp.Exp2, (g, y) => g * y * Ln2);
        FromY(UnaryOp.Expm1, (g, y) => g * (y + 1));
        FromX(UnaryOp.Log, (g, x) => g / x);
        FromX(UnaryOp.Log2, (g, x) => g / (x * Ln2));
        FromX(UnaryOp.Log10, (g, x) => g / (x * Ln10));
        FromX(UnaryOp.Log1p, (g, x) => g / (x + 1));
        FromY(UnaryOp.Sqrt, (g, y) => g / (y * 2));
        FromY(UnaryOp.Rsqrt, (g, y) => g * y * y * y * -0.5);
        FromY(UnaryOp.Reciprocal, (g, y) => -g * y * y);

        FromX(UnaryOp.Sin, (g, x) => g * x.Cos());
        FromX(UnaryOp.Cos, (g, x) => -g * x.Sin());
        FromY(UnaryOp.Tan, (g, y) => g * (y * y + 1));
        FromX(UnaryOp.Asin, (g, x) => g * (1 - x * x).Rsqrt());
        FromX(UnaryOp.Acos, (g, x) => -g * (1 - x * x).Rsqrt());
        FromX(UnaryOp.Atan, (g, x) => g / (x * x + 1));
        FromX(UnaryOp.Sinh, (g, x) => g * x.Cosh());
        FromX(UnaryOp.Cosh, (g, x) => g * x.Sinh());
        FromY(UnaryOp.Tanh, (g, y) => g * (1 - y * y));
        FromX(UnaryOp.Asinh, (g, x) => g * (x * x + 1).Rsqrt());
        FromX(UnaryOp.Acosh, (g, x) => g * ((x - 1) * (x + 1)).Rsqrt());
        FromX(UnaryOp.Atanh, (g, x) => g / (1 - x * x));

        FromY(UnaryOp.Sigmoid, (g, y) => g * (1 - y) * y);
        FromX(UnaryOp.Erf, (g, x) => g * (x * x).Neg().Exp() * TwoOverSqrtPi);
        FromX(UnaryOp.Erfc, (g, x) => g * (x * x).Neg().Exp() * -TwoOverSqrtPi);
        FromY(UnaryOp.Erfinv, (g, y) => g * (y * y).Exp() * (1 / TwoOverSqrtPi));
        FromX(UnaryOp.Lgamma, (g, x) => g * x.Digamma());

        // The derivative of digamma, from its own recurrence: trigamma(x) as a tensor expression (differentiable itself).
        FromX(UnaryOp.Digamma, (g, x) => g * x.Polygamma(1));
    }
}
