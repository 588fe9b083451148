namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>Promotes two operands and applies a binary operation.</summary>
    internal static Tensor Binary(BinaryOp op, Tensor a, Tensor b)
    {
        if (a._data.Device == b._data.Device)
            return Together(op, a, b);
        using var temporaries = TemporaryScope.Open();
        (a, b) = Meet(op, a, b);
        return temporaries.Keep(Together(op, a, b));
    }

    private static Tensor Together(BinaryOp op, Tensor a, Tensor b)
    {
        CheckMinus(op, a.DType == DType.Bool || b.DType == DType.Bool);
        var dtype = OperandType(op, Promotion.Result(a, b));
        op = ForBool(op, dtype);
        if (a.DType == dtype && b.DType == dtype)
            return Apply(op, [a, b], default);
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(op, [a.Cast(dtype), b.Cast(dtype)], default));
    }

    /// <summary>f(a, s)</summary>
    internal static Tensor Binary(BinaryOp op, Tensor a, Scalar s) => Binary(op, a, s, ScalarSide.Right);

    /// <summary>f(s, b)</summary>
    internal static Tensor Binary(BinaryOp op, Scalar s, Tensor b) => Binary(op, b, s, ScalarSide.Left);

    private static Tensor Binary(BinaryOp op, Tensor tensor, Scalar s, ScalarSide side)
    {
        CheckMinus(op, tensor.DType == DType.Bool || s.Kind == ScalarKind.Bool);
        var dtype = OperandType(op, Promotion.Result(tensor, s));
        return tensor.ApplyAs(dtype, ForBool(op, dtype).With(side), [s]);
    }

    /// <summary>The type in which an operation computes operands whose common type is <paramref name="common"/>.</summary>
    internal static DType OperandType(BinaryOp op, DType common) => op.Domain switch
    {
        OpDomain.Float when !common.IsFloatingPoint() => Promotion.DefaultFloat,
        OpDomain.Bool => DType.Bool,
        _ => common,
    };

    /// <summary>Bools are not subtracted, nor from: whoever writes that means a negation. PyTorch refuses it, too.</summary>
    private static void CheckMinus(BinaryOp op, bool anyBool)
    {
        if (anyBool && op == BinaryOp.Sub)
            throw new DTypeException("sub", "bools cannot be subtracted; use LogicalXor or LogicalNot, or convert with To(dtype).");
    }

    /// <summary>Arithmetic on bools is logic, where PyTorch has it so.</summary>
    internal static BinaryOp ForBool(BinaryOp op, DType dtype) => dtype != DType.Bool || op.Domain != OpDomain.Numeric ? op : Logic(op);

    private static BinaryOp Logic(BinaryOp op)
    {
        if (op == BinaryOp.Add || op == BinaryOp.Maximum)
            return BinaryOp.LogicalOr;
        if (op == BinaryOp.Mul || op == BinaryOp.Minimum)
            return BinaryOp.LogicalAnd;
        throw new DTypeException(op.Kind.Name, "it is not defined for bools; convert with To(dtype).");
    }

    /// <summary>A tensor without dimensions on the host mixes with any device, as a number does; other mixtures are refused.</summary>
    internal static (Tensor A, Tensor B) Meet(Op op, Tensor a, Tensor b)
    {
        if (a.Dim == 0 && a._data.Device.Traits.HostMemory && !b._data.Device.Traits.HostMemory)
            return (a.To(b.Device), b);
        if (b.Dim == 0 && b._data.Device.Traits.HostMemory && !a._data.Device.Traits.HostMemory)
            return (a, b.To(a.Device));
        _ = CommonDevice(op, [a, b]);
        return (a, b);
    }

    /// <summary>Two operands as a composite takes them: on one device, in an element type, of the shape to which they broadcast.</summary>
    internal static (Tensor A, Tensor B) Alike(Op op, Tensor a, Tensor b, DType dtype, string? name = null)
    {
        var shape = a.Shape == b.Shape ? a.Shape : Broadcasting.Join(a.Shape, b.Shape, name ?? op.Kind.Name);
        if (a._data.Device != b._data.Device)
            (a, b) = Meet(op, a, b);
        return (Operand(a), Operand(b));

        Tensor Operand(Tensor x) => x.Shape == shape ? x.Cast(dtype) : x.Cast(dtype).Expand(shape);
    }

    /// <summary>The same values in another element type; this itself where it has it already.</summary>
    internal Tensor Cast(DType dtype) => DType == dtype ? this : Apply(new CastOp(dtype), [this], default);

    /// <summary>Applies a unary operation; integers and bools become floating point where it needs that.</summary>
    internal Tensor Unary(UnaryOp op)
    {
        var dtype = op.Domain == OpDomain.Float && !DType.IsFloatingPoint() ? Promotion.DefaultFloat : DType;
        return ApplyAs(dtype, op, default);
    }

    /// <summary>Applies an operation to the same values in another element type.</summary>
    private Tensor ApplyAs(DType dtype, Op op, ReadOnlySpan<Scalar> scalars)
    {
        if (DType == dtype)
            return Apply(op, [this], scalars);
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(op, [Cast(dtype)], scalars));
    }
}
