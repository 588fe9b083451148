namespace Nabla;

internal static partial class GradientTable
{
    private static void AddNotDifferentiable(OpColumn<GradientRule> column)
    {
        void Rows(string reason, params ReadOnlySpan<OpKind> kinds)
        {
            foreach (var kind in kinds)
                column.Add(kind, new NotDifferentiable(reason));
        }

        Rows("its result is a bool", UnaryOp.IsNaN.Kind, UnaryOp.IsInf.Kind, UnaryOp.LogicalNot.Kind,
            BinaryOp.Eq.Kind, BinaryOp.Ne.Kind, BinaryOp.Lt.Kind, BinaryOp.Le.Kind, BinaryOp.Gt.Kind, BinaryOp.Ge.Kind,
            BinaryOp.LogicalAnd.Kind, BinaryOp.LogicalOr.Kind, BinaryOp.LogicalXor.Kind);
        Rows("it works on the bits of integers", UnaryOp.BitwiseNot.Kind, BinaryOp.BitwiseAnd.Kind, BinaryOp.BitwiseOr.Kind,
            BinaryOp.BitwiseXor.Kind, BinaryOp.ShiftLeft.Kind, BinaryOp.ShiftRight.Kind);
        Rows("its result is an index", ArgReduceOp.MaxRow, ArgReduceOp.MinRow);
        Rows("it checks bools and returns zero", AssertOp.Row);
        Rows("it has no tensor inputs", FullOp.Row, ArangeOp.Row, RandomBitsOp.Row, RandOp.Row, RandnOp.Row, RandIntOp.Row);
    }
}
