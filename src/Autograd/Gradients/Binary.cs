namespace Nabla;

internal static partial class GradientTable
{
    private static readonly (bool A, bool B, bool Y) Nothing = (false, false, false);

    private static void AddBinary(OpColumn<GradientRule> column)
    {
        void Row(BinaryOp op, (bool A, bool B, bool Y) needsA, Vjp a, (bool A, bool B, bool Y) needsB, Vjp b) =>
            column.Add(op.Kind, new BinaryRule(needsA, a, needsB, b));

        Row(BinaryOp.Add, Nothing, (in BackwardContext c) => c.Grad, Nothing, (in BackwardContext c) => c.Grad);
        Row(BinaryOp.Sub, Nothing, (in BackwardContext c) => c.Grad, Nothing, (in BackwardContext c) => -c.Grad);
        Row(
            BinaryOp.Mul,
            (false, true, false), (in BackwardContext c) => IsScalar(c) ? c.Grad * c.Scalars[0] : c.Grad * c.B,
            (true, false, false), (in BackwardContext c) => IsScalar(c) ? c.Grad * c.Scalars[0] : c.Grad * c.A);
        Row(
            BinaryOp.Div,
            (false, true, false), (in BackwardContext c) => IsScalar(c) ? c.Grad / c.Scalars[0] : c.Grad / c.B,
            (true, true, false), (in BackwardContext c) => -c.Grad * (IsScalar(c) ? c.Scalars[0] / c.B : c.A / c.B) / c.B); // b * b might overflow

        // a - b * floor(a / b): 1 in a, minus the quotient in b; likewise with trunc.
        Row(BinaryOp.Remainder, Nothing, (in BackwardContext c) => c.Grad,
            (true, true, false), (in BackwardContext c) => -c.Grad * c.A.Div(c.B, RoundingMode.Floor));
        Row(BinaryOp.Fmod, Nothing, (in BackwardContext c) => c.Grad,
            (true, true, false), (in BackwardContext c) => -c.Grad * c.A.Div(c.B, RoundingMode.Trunc));
        Vjp zero = (in BackwardContext c) => Tensor.ZerosLike(c.Grad);
        Row(BinaryOp.FloorDivide, Nothing, zero, Nothing, zero);
        Row(BinaryOp.TruncDivide, Nothing, zero, Nothing, zero);

        Row(BinaryOp.Pow, (true, true, false), PowBase, (true, true, true), PowExponent);

        // Equal elements share the gradient; where one is NaN neither is behind, and both take all of it, as in PyTorch.
        Row(
            BinaryOp.Maximum,
            (true, true, false), (in BackwardContext c) => Share(c.Grad, c.A, c.B, larger: true),
            (true, true, false), (in BackwardContext c) => Share(c.Grad, c.B, c.A, larger: true));
        Row(
            BinaryOp.Minimum,
            (true, true, false), (in BackwardContext c) => Share(c.Grad, c.A, c.B, larger: false),
            (true, true, false), (in BackwardContext c) => Share(c.Grad, c.B, c.A, larger: false));
        Row(
            BinaryOp.Atan2,
            (true, true, false), (in BackwardContext c) => c.Grad * c.B / SquaredLength(c.A, c.B),
            (true, true, false), (in BackwardContext c) => -c.Grad * c.A / SquaredLength(c.A, c.B));
        Row(
            BinaryOp.Hypot,
            (true, false, true), (in BackwardContext c) => c.Grad * (c.A / c.Output()),
            (false, true, true), (in BackwardContext c) => c.Grad * (c.B / c.Output()));
        Row(BinaryOp.Copysign, (true, false, true), Copysign, Nothing, zero);
    }

    /// <summary>a^2 + b^2 as a divisor: 1 at the origin, where the angle has no slope, so that its gradient there is 0.</summary>
    private static Tensor SquaredLength(Tensor a, Tensor b)
    {
        var sum = a * a + b * b;
        return Tensor.Where(sum.Eq(0), Tensor.OnesLike(sum), sum);
    }

    private static bool IsScalar(in BackwardContext c) => ((BinaryOp)c.Op).Side != ScalarSide.None;

    /// <summary>b a^(b-1), and 0 where b is 0 (also for a = 0: no infinite power may be behind it, which the second gradient would see).</summary>
    private static Tensor? PowBase(in BackwardContext c)
    {
        if (((BinaryOp)c.Op).Side == ScalarSide.Right)
        {
            double exponent = c.Scalars[0].ToDouble();
            return exponent switch
            {
                0 => Tensor.ZerosLike(c.Grad),
                1 => c.Grad,
                2 => c.Grad * c.Input(0) * 2,
                _ => c.Grad * (c.Input(0).Pow(exponent - 1) * exponent),
            };
        }

        var (a, b) = (c.A, c.B);
        var constant = b.Eq(0);
        return Tensor.Where(constant, Zero(c), c.Grad * b * a.Pow(Tensor.Where(constant, One(c), b - 1)));
    }

    /// <summary>a^b log(a), and 0 where a is 0 and b is not negative.</summary>
    private static Tensor? PowExponent(in BackwardContext c)
    {
        var (a, b) = (c.A, c.B);
        var flat = a.Eq(0).LogicalAnd(b.Ge(0));
        return Tensor.Where(flat, Zero(c), c.Grad * c.Output() * Tensor.Where(flat, One(c), a).Log());
    }

    private static Tensor Share(Tensor gradient, Tensor self, Tensor other, bool larger)
    {
        var loses = larger ? self.Lt(other) : self.Gt(other);
        var takes = loses.LogicalNot().To(gradient.DType) - self.Eq(other).To(gradient.DType) * 0.5;
        return gradient * takes;
    }

    /// <summary>The sign that the result has relative to a; 0 where a is 0.</summary>
    private static Tensor? Copysign(in BackwardContext c)
    {
        var a = c.Input(0);
        return c.Grad * Tensor.Where(a.Eq(0), Zero(c), c.Output() / a);
    }
}
