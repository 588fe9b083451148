namespace Nabla;

/// <summary>The rows of <see cref="BinaryOp"/>.</summary>
internal static class BinaryTable
{
    /// <summary>By itself: what takes least to set up is what a first result waits for.</summary>
    public static void AddSum(OpColumn<CpuKernel> column) =>
        column.Add(BinaryOp.Add.Kind, new BinaryKernel(Rows.Number2<NumberOperators.Add>()));

    /// <summary>What most programs need.</summary>
    public static void AddBasics(OpColumn<CpuKernel> column)
    {
        column.Add(BinaryOp.Sub.Kind, new BinaryKernel(Rows.Number2<NumberOperators.Sub>()));
        column.Add(BinaryOp.Mul.Kind, new BinaryKernel(Rows.Number2<NumberOperators.Mul>()));
        column.Add(BinaryOp.Div.Kind, new BinaryKernel(Rows.VectorFloat2<FloatBinaryOperators.Div>(cost: 2)));
    }

    public static void AddArithmetic(OpColumn<CpuKernel> column)
    {
        column.Add(BinaryOp.FloorDivide.Kind, new BinaryKernel(Rows.SplitWide2<DivisionOperators.FloorDivide>()));
        column.Add(BinaryOp.TruncDivide.Kind, new BinaryKernel(Rows.Split2<DivisionOperators.TruncDivide>()));
        column.Add(BinaryOp.Remainder.Kind, new BinaryKernel(Rows.SplitWide2<DivisionOperators.Remainder>()));
        column.Add(BinaryOp.Fmod.Kind, new BinaryKernel(Rows.SplitWide2<DivisionOperators.Fmod>()));
        column.Add(BinaryOp.Pow.Kind, new PowKernel());
        column.Add(BinaryOp.Maximum.Kind, new BinaryKernel(Rows.Number2<NumberOperators.Maximum>()));
        column.Add(BinaryOp.Minimum.Kind, new BinaryKernel(Rows.Number2<NumberOperators.Minimum>()));
        column.Add(BinaryOp.Atan2.Kind, new BinaryKernel(Rows.Wide2<FloatBinaryOperators.Atan2>(cost: 20)));
        column.Add(BinaryOp.Hypot.Kind, new BinaryKernel(Rows.Wide2<FloatBinaryOperators.Hypot>()));
        column.Add(BinaryOp.Copysign.Kind, new BinaryKernel(Rows.VectorFloat2<FloatBinaryOperators.Copysign>()));
    }

    /// <summary>What compares, and what works on bits.</summary>
    public static void AddRelations(OpColumn<CpuKernel> column)
    {
        column.Add(BinaryOp.Eq.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Eq>()));
        column.Add(BinaryOp.Ne.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Ne>()));
        column.Add(BinaryOp.Lt.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Lt>()));
        column.Add(BinaryOp.Le.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Le>()));
        column.Add(BinaryOp.Gt.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Gt>()));
        column.Add(BinaryOp.Ge.Kind, new BinaryKernel(Rows.Compare<ComparisonOperators.Ge>()));
        column.Add(BinaryOp.LogicalAnd.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.And>()));
        column.Add(BinaryOp.LogicalOr.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.Or>()));
        column.Add(BinaryOp.LogicalXor.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.Xor>()));
        column.Add(BinaryOp.BitwiseAnd.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.And>()));
        column.Add(BinaryOp.BitwiseOr.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.Or>()));
        column.Add(BinaryOp.BitwiseXor.Kind, new BinaryKernel(Rows.Bitwise<BitOperators.Xor>()));
        column.Add(BinaryOp.ShiftLeft.Kind, new BinaryKernel(Rows.Integer2<BitOperators.ShiftLeft>()));
        column.Add(BinaryOp.ShiftRight.Kind, new BinaryKernel(Rows.Integer2<BitOperators.ShiftRight>()));
    }
}
