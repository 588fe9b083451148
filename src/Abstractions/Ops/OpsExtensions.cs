namespace Nabla;

/// <summary>Short forms for writing decompositions: one call, one value. Element types must fit; nothing is promoted.</summary>
public static class OpsExtensions
{
    /// <summary>Emits an operation with one output and no scalars.</summary>
    public static T Emit<T>(this IOps<T> ops, Op op, params ReadOnlySpan<T> inputs) => ops.Emit(op, inputs, default);

    /// <summary>Emits an operation with one output.</summary>
    public static T Emit<T>(this IOps<T> ops, Op op, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars)
    {
        T output = default!;
        ops.Emit(op, inputs, scalars, new Span<T>(ref output));
        return output;
    }

    /// <summary>The shape of a value.</summary>
    public static Shape ShapeOf<T>(this IOps<T> ops, T value) => ops.Spec(value).Shape;

    /// <summary>The element type of a value.</summary>
    public static DType DTypeOf<T>(this IOps<T> ops, T value) => ops.Spec(value).DType;

    /// <summary>A tensor operand and a scalar: <c>f(a, s)</c>.</summary>
    public static T Emit<T>(this IOps<T> ops, BinaryOp op, T a, Scalar s) => ops.Emit(op.With(ScalarSide.Right), [a], [s]);

    /// <summary>A scalar and a tensor operand: <c>f(s, b)</c>.</summary>
    public static T Emit<T>(this IOps<T> ops, BinaryOp op, Scalar s, T b) => ops.Emit(op.With(ScalarSide.Left), [b], [s]);

    /// <summary>a + b</summary>
    public static T Add<T>(this IOps<T> ops, T a, T b) => ops.Emit((Op)BinaryOp.Add, a, b);

    /// <summary>a + s</summary>
    public static T Add<T>(this IOps<T> ops, T a, Scalar s) => ops.Emit(BinaryOp.Add, a, s);

    /// <summary>a - b</summary>
    public static T Sub<T>(this IOps<T> ops, T a, T b) => ops.Emit((Op)BinaryOp.Sub, a, b);

    /// <summary>a * b</summary>
    public static T Mul<T>(this IOps<T> ops, T a, T b) => ops.Emit((Op)BinaryOp.Mul, a, b);

    /// <summary>a * s</summary>
    public static T Mul<T>(this IOps<T> ops, T a, Scalar s) => ops.Emit(BinaryOp.Mul, a, s);

    /// <summary>a / b</summary>
    public static T Div<T>(this IOps<T> ops, T a, T b) => ops.Emit((Op)BinaryOp.Div, a, b);

    /// <summary>Sum over axes.</summary>
    public static T Sum<T>(this IOps<T> ops, T a, ValueArray<int> axes, bool keepDim) => axes.Length == 0 ? a : ops.Emit(ReduceOp.Sum(axes, keepDim), a);

    /// <summary>Maximum over axes.</summary>
    public static T Max<T>(this IOps<T> ops, T a, ValueArray<int> axes, bool keepDim) => axes.Length == 0 ? a : ops.Emit(ReduceOp.Max(axes, keepDim), a);

    /// <summary>condition ? a : b</summary>
    public static T Where<T>(this IOps<T> ops, T condition, T a, T b) => ops.Emit(WhereOp.Instance, condition, a, b);

    /// <summary>The product of the last two dimensions.</summary>
    public static T MatMul<T>(this IOps<T> ops, T a, T b) => ops.Emit(MatMulOp.Instance, a, b);

    /// <summary>Converts the element type, where it differs.</summary>
    public static T Cast<T>(this IOps<T> ops, T a, DType to) => ops.DTypeOf(a) == to ? a : ops.Emit(new CastOp(to), a);

    /// <summary>Half types as float32, in which composites compute; others as they are.</summary>
    public static T Widen<T>(this IOps<T> ops, T a) => ops.Cast(a, ops.DTypeOf(a).Accumulator());

    /// <summary>Other sizes, where they differ.</summary>
    public static T Reshape<T>(this IOps<T> ops, T a, Shape to) => ops.ShapeOf(a) == to ? a : ops.Emit(new ReshapeOp(to), a);

    /// <summary>Expands, where the sizes differ.</summary>
    public static T Expand<T>(this IOps<T> ops, T a, Shape to) => ops.ShapeOf(a) == to ? a : ops.Emit(new ExpandOp(to), a);

    /// <summary>Exchanges two dimensions.</summary>
    public static T Transpose<T>(this IOps<T> ops, T a, int dim0, int dim1)
    {
        int rank = ops.ShapeOf(a).Rank;
        return ops.Emit(PermuteOp.Exchange(rank, Shape.Axis(dim0, rank, "transpose"), Shape.Axis(dim1, rank, "transpose")), a);
    }

    /// <summary>A tensor of one number; without dimensions unless a shape is given.</summary>
    public static T Full<T>(this IOps<T> ops, Scalar value, DType dtype, Shape? shape = null) =>
        ops.Emit(new FullOp(dtype, shape ?? Shape.Scalar), [], [value]);

    /// <summary>Sums a broadcast value back to the shape it was broadcast from: the gradient of broadcasting.</summary>
    public static T SumTo<T>(this IOps<T> ops, T value, Shape to)
    {
        var from = ops.ShapeOf(value);
        if (from == to)
            return value;
        int lead = from.Rank - to.Rank, count = 0;
        Span<int> axes = stackalloc int[from.Rank];
        for (int d = 0; d < from.Rank; d++)
            if (d < lead || (to[d - lead] == 1 && from[d] != 1))
                axes[count++] = d;
        return ops.Reshape(ops.Sum(value, ValueArray.Create<int>(axes[..count]), keepDim: false), to);
    }
}
