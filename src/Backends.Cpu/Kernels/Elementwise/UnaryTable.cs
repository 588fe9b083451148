namespace Nabla;

/// <summary>The rows of <see cref="UnaryOp"/>.</summary>
internal static class UnaryTable
{
    public static void AddTo(OpColumn<CpuKernel> column)
    {
        column.Add(UnaryOp.Neg.Kind, new UnaryKernel(Rows.Number<NumberOperators.Neg>()));
        column.Add(UnaryOp.Abs.Kind, new UnaryKernel(Rows.Number<NumberOperators.Abs>()));
        column.Add(UnaryOp.Sign.Kind, new UnaryKernel(Rows.Number<NumberOperators.Sign>()));
        column.Add(UnaryOp.Floor.Kind, new UnaryKernel(Rows.Rounding<FloatOperators.Floor>()));
        column.Add(UnaryOp.Ceil.Kind, new UnaryKernel(Rows.Rounding<FloatOperators.Ceil>()));
        column.Add(UnaryOp.Round.Kind, new UnaryKernel(Rows.Rounding<FloatOperators.Round>()));
        column.Add(UnaryOp.Trunc.Kind, new UnaryKernel(Rows.Rounding<FloatOperators.Trunc>()));
        column.Add(UnaryOp.Exp.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Exp>()));
        column.Add(UnaryOp.Exp2.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Exp2>()));
        column.Add(UnaryOp.Expm1.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Expm1>()));
        column.Add(UnaryOp.Log.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Log>()));
        column.Add(UnaryOp.Log2.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Log2>()));
        column.Add(UnaryOp.Log10.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Log10>()));
        column.Add(UnaryOp.Log1p.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Log1p>()));
        column.Add(UnaryOp.Sqrt.Kind, new UnaryKernel(Rows.VectorFloat<FloatOperators.Sqrt>()));
        column.Add(UnaryOp.Rsqrt.Kind, new UnaryKernel(Rows.VectorFloat<FloatOperators.Rsqrt>()));
        column.Add(UnaryOp.Reciprocal.Kind, new UnaryKernel(Rows.VectorFloat<FloatOperators.Reciprocal>()));
        column.Add(UnaryOp.Sin.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Sin>()));
        column.Add(UnaryOp.Cos.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Cos>()));
        column.Add(UnaryOp.Tan.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Tan>()));
        column.Add(UnaryOp.Asin.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Asin>()));
        column.Add(UnaryOp.Acos.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Acos>()));
        column.Add(UnaryOp.Atan.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Atan>()));
        column.Add(UnaryOp.Sinh.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Sinh>()));
        column.Add(UnaryOp.Cosh.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Cosh>()));
        column.Add(UnaryOp.Tanh.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Tanh>()));
        column.Add(UnaryOp.Asinh.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Asinh>()));
        column.Add(UnaryOp.Acosh.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Acosh>()));
        column.Add(UnaryOp.Atanh.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Atanh>()));
        column.Add(UnaryOp.Sigmoid.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Sigmoid>()));
        column.Add(UnaryOp.Erf.Kind, new UnaryKernel(Rows.BothFloats<FloatOperators.Erf>()));
        column.Add(UnaryOp.Erfc.Kind, new UnaryKernel(Rows.Wide64<FloatOperators.Erfc>()));
        column.Add(UnaryOp.Erfinv.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Erfinv>(cost: 25)));
        column.Add(UnaryOp.Lgamma.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Lgamma>(cost: 25)));
        column.Add(UnaryOp.Digamma.Kind, new UnaryKernel(Rows.Wide<FloatOperators.Digamma>(cost: 20)));
        column.Add(UnaryOp.IsNaN.Kind, new UnaryKernel(Rows.Test<ComparisonOperators.IsNaN>()));
        column.Add(UnaryOp.IsInf.Kind, new UnaryKernel(Rows.Test<ComparisonOperators.IsInf>()));
        column.Add(UnaryOp.LogicalNot.Kind, new UnaryKernel(Rows.Test<ComparisonOperators.IsZero>()));
        column.Add(UnaryOp.BitwiseNot.Kind, new UnaryKernel(Rows.Complement()));
    }
}
