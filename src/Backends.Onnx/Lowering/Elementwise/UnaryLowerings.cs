using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of the elementwise functions of one tensor.</summary>
internal static class UnaryLowerings
{
    private delegate GraphValue Function(GraphBuilder graph, GraphValue x);

    public static void AddTo(OpColumn<Lowering> column)
    {
        Any(column, UnaryOp.Neg, (g, x) => g.Neg(x));
        Any(column, UnaryOp.Abs, (g, x) => g.Abs(x));
        Any(column, UnaryOp.Sign, (g, x) => x.IsFloat ? g.Select(g.IsNaN(x), 0, g.Unary("Sign", x)) : g.Unary("Sign", x));
        Any(column, UnaryOp.Floor, (g, x) => x.IsFloat ? g.Unary("Floor", x) : x);
        Any(column, UnaryOp.Ceil, (g, x) => x.IsFloat ? g.Unary("Ceil", x) : x);
        Any(column, UnaryOp.Round, (g, x) => x.IsFloat ? g.Unary("Round", x) : x);
        Any(column, UnaryOp.Trunc, (g, x) => x.IsFloat ? Trunc(g, x) : x);

        Any(column, UnaryOp.Exp, (g, x) => g.Exp(x));
        Any(column, UnaryOp.Log, (g, x) => g.Log(x));
        Any(column, UnaryOp.Sqrt, (g, x) => g.Sqrt(x));
        Any(column, UnaryOp.Rsqrt, (g, x) => g.Div(1, g.Sqrt(x)));
        Any(column, UnaryOp.Reciprocal, (g, x) => g.Div(1, x));
        Any(column, UnaryOp.Sin, (g, x) => g.Unary("Sin", x));
        Any(column, UnaryOp.Cos, (g, x) => g.Unary("Cos", x));
        // The kernel of Sigmoid is off by 2e-3 near -10.
        Any(column, UnaryOp.Sigmoid, (g, x) => g.Div(1, g.Add(g.Exp(g.Neg(x)), 1)));

        Any(column, UnaryOp.Tanh, (g, x) => x.Type == OnnxType.Double ? DoubleMath.Tanh(g, x) : Tanh(g, x));
        Kernel(column, UnaryOp.Tan, "Tan", DoubleMath.Tan);
        Kernel(column, UnaryOp.Asin, "Asin", DoubleMath.Asin);
        Kernel(column, UnaryOp.Acos, "Acos", DoubleMath.Acos);
        Kernel(column, UnaryOp.Atan, "Atan", DoubleMath.Atan);
        Kernel(column, UnaryOp.Sinh, "Sinh", DoubleMath.Sinh);
        Kernel(column, UnaryOp.Cosh, "Cosh", DoubleMath.Cosh);
        Kernel(column, UnaryOp.Asinh, "Asinh", DoubleMath.Asinh);
        Kernel(column, UnaryOp.Acosh, "Acosh", DoubleMath.Acosh);
        Kernel(column, UnaryOp.Atanh, "Atanh", DoubleMath.Atanh);
        Kernel(column, UnaryOp.Erf, "Erf", ErrorFunctions.Erf);

        Wide(column, UnaryOp.Exp2, (g, x) => g.Binary("Pow", g.Number(x.Type, 2.0), x));
        Wide(column, UnaryOp.Expm1, DoubleMath.Expm1, DoubleMath.Expm1OfSingle);
        Wide(column, UnaryOp.Log2, (g, x) => g.Div(g.Log(x), g.Number(x.Type, Math.Log(2))));
        Wide(column, UnaryOp.Log10, (g, x) => g.Div(g.Log(x), g.Number(x.Type, Math.Log(10))));
        Wide(column, UnaryOp.Log1p, DoubleMath.Log1p);
        Wide(column, UnaryOp.Erfc, ErrorFunctions.Erfc);
        Wide(column, UnaryOp.Erfinv, ErrorFunctions.Erfinv);
        Wide(column, UnaryOp.Lgamma, GammaFunctions.Lgamma);
        Wide(column, UnaryOp.Digamma, GammaFunctions.Digamma);

        Any(column, UnaryOp.IsNaN, (g, x) => g.IsNaN(x));
        Any(column, UnaryOp.IsInf, (g, x) => g.IsInf(x));
        column.Add(UnaryOp.LogicalNot.Kind, c => [c.Inputs[0].Type == OnnxType.Bool ? c.Graph.Not(c.Inputs[0]) : c.Graph.Equal(c.Computed(0), 0)]);
        column.Add(UnaryOp.BitwiseNot.Kind, c => [c.Graph.Unary(c.Inputs[0].Type == OnnxType.Bool ? "Not" : "BitwiseNot", c.Inputs[0])]);
    }

    /// <summary>In the computing type.</summary>
    private static void Any(OpColumn<Lowering> column, UnaryOp op, Function function) =>
        column.Add(op.Kind, c => c.Return(function(c.Graph, c.Computed(0))));

    /// <summary>By the kernel in float32, which is all there is; composed in float64.</summary>
    private static void Kernel(OpColumn<Lowering> column, UnaryOp op, string kernel, Function composed) => column.Add(op.Kind, c =>
    {
        var x = c.Computed(0);
        return c.Return(x.Type == OnnxType.Double ? composed(c.Graph, x) : c.Graph.Unary(kernel, x));
    });

    /// <summary>
    /// Composed in float64, also for the smaller types: the composition would lose their last digits. They may have one of their own, that need not
    /// have those of float64.
    /// </summary>
    private static void Wide(OpColumn<Lowering> column, UnaryOp op, Function composed, Function? ofSingle = null) => column.Add(op.Kind, c =>
    {
        var function = c.Inputs[0].Type == OnnxType.Double ? composed : ofSingle ?? composed;
        return c.Return(function(c.Graph, c.Graph.Cast(c.Inputs[0], OnnxType.Double)));
    });

    /// <summary>The kernel is a few units off near 1, where what is left of 1 - y^2 shows it: there 1 - 2 / (e^2|x| + 1), with the sign.</summary>
    private static GraphValue Tanh(GraphBuilder g, GraphValue x)
    {
        var a = g.Abs(x);
        var far = g.Mul(g.Unary("Sign", x), g.Sub(1, g.Div(2, g.Add(g.Exp(g.Mul(a, 2)), 1))));
        return g.Select(g.Less(a, 0.5), g.Unary("Tanh", x), far);
    }

    private static GraphValue Trunc(GraphBuilder g, GraphValue x) => g.Select(g.Less(x, 0), g.Unary("Ceil", x), g.Unary("Floor", x));
}
