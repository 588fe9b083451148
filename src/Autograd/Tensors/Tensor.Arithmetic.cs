namespace Nabla;

/// <content>Elementwise functions of two operands, which broadcast and promote.</content>
public sealed partial class Tensor
{
    /// <summary>a + b. PyTorch: <c>torch.add</c>.</summary>
    public Tensor Add(Tensor other) => Binary(BinaryOp.Add, this, other);

    /// <summary>a + b. PyTorch: <c>torch.add</c>.</summary>
    public Tensor Add(Scalar other) => Binary(BinaryOp.Add, this, other);

    /// <summary>a - b. PyTorch: <c>torch.sub</c>.</summary>
    public Tensor Sub(Tensor other) => Binary(BinaryOp.Sub, this, other);

    /// <summary>a - b. PyTorch: <c>torch.sub</c>.</summary>
    public Tensor Sub(Scalar other) => Binary(BinaryOp.Sub, this, other);

    /// <summary>a * b. PyTorch: <c>torch.mul</c>.</summary>
    public Tensor Mul(Tensor other) => Binary(BinaryOp.Mul, this, other);

    /// <summary>a * b. PyTorch: <c>torch.mul</c>.</summary>
    public Tensor Mul(Scalar other) => Binary(BinaryOp.Mul, this, other);

    /// <summary>a / b; integers give float32. PyTorch: <c>torch.div</c>.</summary>
    public Tensor Div(Tensor other) => Binary(BinaryOp.Div, this, other);

    /// <summary>a / b; integers give float32. PyTorch: <c>torch.div</c>.</summary>
    public Tensor Div(Scalar other) => Binary(BinaryOp.Div, this, other);

    /// <summary>a / b rounded down. PyTorch: <c>torch.floor_divide</c>.</summary>
    public Tensor FloorDivide(Tensor other) => Binary(BinaryOp.FloorDivide, this, other);

    /// <summary>a / b rounded down. PyTorch: <c>torch.floor_divide</c>.</summary>
    public Tensor FloorDivide(Scalar other) => Binary(BinaryOp.FloorDivide, this, other);

    /// <summary>a - b floor(a / b): the sign of b. PyTorch: <c>torch.remainder</c>.</summary>
    public Tensor Remainder(Tensor other) => Binary(BinaryOp.Remainder, this, other);

    /// <summary>a - b floor(a / b): the sign of b. PyTorch: <c>torch.remainder</c>.</summary>
    public Tensor Remainder(Scalar other) => Binary(BinaryOp.Remainder, this, other);

    /// <summary>a - b trunc(a / b): the sign of a. PyTorch: <c>torch.fmod</c>.</summary>
    public Tensor Fmod(Tensor other) => Binary(BinaryOp.Fmod, this, other);

    /// <summary>a - b trunc(a / b): the sign of a. PyTorch: <c>torch.fmod</c>.</summary>
    public Tensor Fmod(Scalar other) => Binary(BinaryOp.Fmod, this, other);

    /// <summary>The larger of two; NaN if either is. Equal elements share the gradient. PyTorch: <c>torch.maximum</c>.</summary>
    public Tensor Maximum(Tensor other) => Binary(BinaryOp.Maximum, this, other);

    /// <summary>The larger of two; NaN if either is. Equal elements share the gradient. PyTorch: <c>torch.maximum</c>.</summary>
    public Tensor Maximum(Scalar other) => Binary(BinaryOp.Maximum, this, other);

    /// <summary>The smaller of two; NaN if either is. Equal elements share the gradient. PyTorch: <c>torch.minimum</c>.</summary>
    public Tensor Minimum(Tensor other) => Binary(BinaryOp.Minimum, this, other);

    /// <summary>The smaller of two; NaN if either is. Equal elements share the gradient. PyTorch: <c>torch.minimum</c>.</summary>
    public Tensor Minimum(Scalar other) => Binary(BinaryOp.Minimum, this, other);

    /// <summary>The angle of the point (other, this). PyTorch: <c>torch.atan2</c>.</summary>
    public Tensor Atan2(Tensor other) => Binary(BinaryOp.Atan2, this, other);

    /// <summary>The angle of the point (other, this). PyTorch: <c>torch.atan2</c>.</summary>
    public Tensor Atan2(Scalar other) => Binary(BinaryOp.Atan2, this, other);

    /// <summary>sqrt(a^2 + b^2) without overflow. PyTorch: <c>torch.hypot</c>.</summary>
    public Tensor Hypot(Tensor other) => Binary(BinaryOp.Hypot, this, other);

    /// <summary>sqrt(a^2 + b^2) without overflow. PyTorch: <c>torch.hypot</c>.</summary>
    public Tensor Hypot(Scalar other) => Binary(BinaryOp.Hypot, this, other);

    /// <summary>|a| with the sign of b. PyTorch: <c>torch.copysign</c>.</summary>
    public Tensor Copysign(Tensor other) => Binary(BinaryOp.Copysign, this, other);

    /// <summary>|a| with the sign of b. PyTorch: <c>torch.copysign</c>.</summary>
    public Tensor Copysign(Scalar other) => Binary(BinaryOp.Copysign, this, other);

    /// <summary>Whether a = b. PyTorch: <c>torch.eq</c>.</summary>
    public Tensor Eq(Tensor other) => Binary(BinaryOp.Eq, this, other);

    /// <summary>Whether a = b. PyTorch: <c>torch.eq</c>.</summary>
    public Tensor Eq(Scalar other) => Binary(BinaryOp.Eq, this, other);

    /// <summary>Whether a differs from b. PyTorch: <c>torch.ne</c>.</summary>
    public Tensor Ne(Tensor other) => Binary(BinaryOp.Ne, this, other);

    /// <summary>Whether a differs from b. PyTorch: <c>torch.ne</c>.</summary>
    public Tensor Ne(Scalar other) => Binary(BinaryOp.Ne, this, other);

    /// <summary>Whether a is less than b. PyTorch: <c>torch.lt</c>.</summary>
    public Tensor Lt(Tensor other) => Binary(BinaryOp.Lt, this, other);

    /// <summary>Whether a is less than b. PyTorch: <c>torch.lt</c>.</summary>
    public Tensor Lt(Scalar other) => Binary(BinaryOp.Lt, this, other);

    /// <summary>Whether a is at most b. PyTorch: <c>torch.le</c>.</summary>
    public Tensor Le(Tensor other) => Binary(BinaryOp.Le, this, other);

    /// <summary>Whether a is at most b. PyTorch: <c>torch.le</c>.</summary>
    public Tensor Le(Scalar other) => Binary(BinaryOp.Le, this, other);

    /// <summary>Whether a is greater than b. PyTorch: <c>torch.gt</c>.</summary>
    public Tensor Gt(Tensor other) => Binary(BinaryOp.Gt, this, other);

    /// <summary>Whether a is greater than b. PyTorch: <c>torch.gt</c>.</summary>
    public Tensor Gt(Scalar other) => Binary(BinaryOp.Gt, this, other);

    /// <summary>Whether a is at least b. PyTorch: <c>torch.ge</c>.</summary>
    public Tensor Ge(Tensor other) => Binary(BinaryOp.Ge, this, other);

    /// <summary>Whether a is at least b. PyTorch: <c>torch.ge</c>.</summary>
    public Tensor Ge(Scalar other) => Binary(BinaryOp.Ge, this, other);

    /// <summary>Whether both differ from zero. PyTorch: <c>torch.logical_and</c>.</summary>
    public Tensor LogicalAnd(Tensor other) => Binary(BinaryOp.LogicalAnd, this, other);

    /// <summary>Whether both differ from zero. PyTorch: <c>torch.logical_and</c>.</summary>
    public Tensor LogicalAnd(Scalar other) => Binary(BinaryOp.LogicalAnd, this, other);

    /// <summary>Whether either differs from zero. PyTorch: <c>torch.logical_or</c>.</summary>
    public Tensor LogicalOr(Tensor other) => Binary(BinaryOp.LogicalOr, this, other);

    /// <summary>Whether either differs from zero. PyTorch: <c>torch.logical_or</c>.</summary>
    public Tensor LogicalOr(Scalar other) => Binary(BinaryOp.LogicalOr, this, other);

    /// <summary>Whether exactly one differs from zero. PyTorch: <c>torch.logical_xor</c>.</summary>
    public Tensor LogicalXor(Tensor other) => Binary(BinaryOp.LogicalXor, this, other);

    /// <summary>Whether exactly one differs from zero. PyTorch: <c>torch.logical_xor</c>.</summary>
    public Tensor LogicalXor(Scalar other) => Binary(BinaryOp.LogicalXor, this, other);

    /// <summary>The bits set in both. PyTorch: <c>torch.bitwise_and</c>.</summary>
    public Tensor BitwiseAnd(Tensor other) => Binary(BinaryOp.BitwiseAnd, this, other);

    /// <summary>The bits set in both. PyTorch: <c>torch.bitwise_and</c>.</summary>
    public Tensor BitwiseAnd(Scalar other) => Binary(BinaryOp.BitwiseAnd, this, other);

    /// <summary>The bits set in either. PyTorch: <c>torch.bitwise_or</c>.</summary>
    public Tensor BitwiseOr(Tensor other) => Binary(BinaryOp.BitwiseOr, this, other);

    /// <summary>The bits set in either. PyTorch: <c>torch.bitwise_or</c>.</summary>
    public Tensor BitwiseOr(Scalar other) => Binary(BinaryOp.BitwiseOr, this, other);

    /// <summary>The bits set in one. PyTorch: <c>torch.bitwise_xor</c>.</summary>
    public Tensor BitwiseXor(Tensor other) => Binary(BinaryOp.BitwiseXor, this, other);

    /// <summary>The bits set in one. PyTorch: <c>torch.bitwise_xor</c>.</summary>
    public Tensor BitwiseXor(Scalar other) => Binary(BinaryOp.BitwiseXor, this, other);

    /// <summary>a * 2^b. PyTorch: <c>torch.bitwise_left_shift</c>.</summary>
    public Tensor BitwiseLeftShift(Tensor other) => Binary(BinaryOp.ShiftLeft, this, other);

    /// <summary>a * 2^b. PyTorch: <c>torch.bitwise_left_shift</c>.</summary>
    public Tensor BitwiseLeftShift(Scalar other) => Binary(BinaryOp.ShiftLeft, this, other);

    /// <summary>a / 2^b rounded down. PyTorch: <c>torch.bitwise_right_shift</c>.</summary>
    public Tensor BitwiseRightShift(Tensor other) => Binary(BinaryOp.ShiftRight, this, other);

    /// <summary>a / 2^b rounded down. PyTorch: <c>torch.bitwise_right_shift</c>.</summary>
    public Tensor BitwiseRightShift(Scalar other) => Binary(BinaryOp.ShiftRight, this, other);

    /// <summary>this to the power of the exponent. PyTorch: <c>torch.pow</c>.</summary>
    public Tensor Pow(Tensor exponent) => Binary(BinaryOp.Pow, this, exponent);

    /// <summary>this to the power of the exponent. PyTorch: <c>torch.pow</c>.</summary>
    /// <exception cref="TensorArgumentException">Integers to a negative integer power.</exception>
    public Tensor Pow(Scalar exponent)
    {
        CheckPower(exponent);
        return Binary(BinaryOp.Pow, this, exponent);
    }

    /// <summary>condition ? a : b, elementwise; all broadcast, a and b promote. PyTorch: <c>torch.where</c>.</summary>
    /// <exception cref="DTypeException">The condition is not bool.</exception>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b)
    {
        if (a.DType == b.DType && a._data.Device == b._data.Device)
            return Apply(WhereOp.Instance, [condition, a, b], default);
        using var temporaries = TemporaryScope.Open();
        var dtype = Promotion.Result(a, b);
        if (a._data.Device != b._data.Device)
            (a, b) = Meet(WhereOp.Instance, a, b);
        return temporaries.Keep(Apply(WhereOp.Instance, [condition, a.Cast(dtype), b.Cast(dtype)], default));
    }

    /// <summary>condition ? a : b, elementwise. PyTorch: <c>torch.where</c>.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Scalar b)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Where(condition, a, Full([], b, Promotion.Result(a, b), a.Device)));
    }

    /// <summary>condition ? a : b, elementwise. PyTorch: <c>torch.where</c>.</summary>
    public static Tensor Where(Tensor condition, Scalar a, Tensor b)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Where(condition, Full([], a, Promotion.Result(b, a), b.Device), b));
    }

    private void CheckPower(Scalar exponent)
    {
        if (exponent.Kind != ScalarKind.Float && exponent.ToInt64() < 0 && !DType.IsFloatingPoint())
            throw new TensorArgumentException("pow", $"integers have no power of {exponent}; convert to floating point with To(DType.Float32).");
    }
}
