namespace Nabla;

/// <content>Further functions of two operands, composed of simpler ones. Shapes broadcast, element types promote.</content>
public sealed partial class Tensor
{
    /// <summary>The larger of two; a NaN counts only where both are. Equal elements take this one's gradient. PyTorch: <c>torch.fmax</c>.</summary>
    public Tensor Fmax(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Where(Ge(other).LogicalOr(other.IsNaN()), this, other));
    }

    /// <summary>The smaller of two; a NaN counts only where both are. Equal elements take this one's gradient. PyTorch: <c>torch.fmin</c>.</summary>
    public Tensor Fmin(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Where(Le(other).LogicalOr(other.IsNaN()), this, other));
    }

    /// <summary>log(e^a + e^b) without overflow; integers become float32. PyTorch: <c>torch.logaddexp</c>.</summary>
    public Tensor LogAddExp(Tensor other) => LogAddExp(new(Binary: false), other);

    /// <summary>log2(2^a + 2^b) without overflow; integers become float32. PyTorch: <c>torch.logaddexp2</c>.</summary>
    public Tensor LogAddExp2(Tensor other) => LogAddExp(new(Binary: true), other);

    /// <summary>this 2^other. PyTorch: <c>torch.ldexp</c>.</summary>
    public Tensor Ldexp(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(this * Pow(2.0, other));
    }

    /// <summary>A number to the powers of a tensor. PyTorch: <c>torch.pow</c>.</summary>
    public static Tensor Pow(Scalar @base, Tensor exponent) => Binary(BinaryOp.Pow, @base, exponent);

    /// <summary>this log(other), and 0 where this is 0, unless other is NaN. PyTorch: <c>torch.xlogy</c>.</summary>
    public Tensor Xlogy(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        var (x, y) = Floating(this, other);
        var flat = x.Eq(0).LogicalAnd(y.Le(0).LogicalOr(y.Eq(double.PositiveInfinity)));
        return temporaries.Keep(x * Where(flat, Ones([], y.DType, y.Device), y).Log());
    }

    /// <summary>this log(other), and 0 where this is 0, unless other is NaN. PyTorch: <c>torch.xlogy</c>.</summary>
    public Tensor Xlogy(Scalar other)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Xlogy(Full([], other, Floating(Promotion.Result(this, other)), Device)));
    }

    /// <summary>0 below 0, 1 above, <paramref name="values"/> at 0. Not differentiable. PyTorch: <c>torch.heaviside</c>.</summary>
    /// <exception cref="DTypeException">The element types differ.</exception>
    public Tensor Heaviside(Tensor values)
    {
        if (values.DType != DType)
            throw new DTypeException("heaviside", $"element types differ: {DType.Name()} and {values.DType.Name()}; convert one with To(dtype).");
        using var temporaries = TemporaryScope.Open();
        var x = Detach();
        return temporaries.Keep(Where(x.Eq(0), values.Detach(), x.Gt(0).To(DType)));
    }

    /// <summary>
    /// Whether |this - other| is at most atol + rtol |other|; infinities are close to themselves alone. PyTorch: <c>torch.isclose</c>.
    /// </summary>
    /// <param name="other">The elements to compare with.</param>
    /// <param name="rtol">The tolerance relative to <paramref name="other"/>.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="equalNan">Whether two NaNs are close.</param>
    /// <exception cref="DTypeException">The element types differ.</exception>
    /// <exception cref="TensorArgumentException">A tolerance is negative.</exception>
    public Tensor IsClose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool equalNan = false)
    {
        if (other.DType != DType)
            throw new DTypeException("isclose", $"element types differ: {DType.Name()} and {other.DType.Name()}; convert one with To(dtype).");
        if (rtol < 0 || atol < 0)
            throw new TensorArgumentException("isclose", $"tolerances are not negative: rtol {rtol}, atol {atol}.");
        using var temporaries = TemporaryScope.Open();
        var (a, b) = (Detach(), other.Detach());
        var close = a.Eq(b);
        if (equalNan)
            close = close.LogicalOr(a.IsNaN().LogicalAnd(b.IsNaN()));
        if ((rtol == 0 && atol == 0) || DType == DType.Bool)
            return temporaries.Keep(close);
        b = b.Floating();
        var error = (a - b).Abs();
        return temporaries.Keep(close.LogicalOr(error.IsFinite().LogicalAnd(error.Le((b * rtol).Abs() + atol))));
    }

    /// <summary>Whether all elements are close: see <see cref="IsClose"/>. Waits for the device. PyTorch: <c>torch.allclose</c>.</summary>
    public bool AllClose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool equalNan = false)
    {
        using var temporaries = TemporaryScope.Open();
        return IsClose(other, rtol, atol, equalNan).All().Item<bool>();
    }

    /// <summary>Whether shapes and all elements are equal. Waits for the device. PyTorch: <c>torch.equal</c>.</summary>
    public bool IsEqual(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        return Shape == other.Shape && Eq(other).All().Item<bool>();
    }

    private Tensor LogAddExp(LogAddExpOp op, Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        var (a, b) = Alike(op, this, other, Floating(Promotion.Result(this, other)), op.Binary ? "logaddexp2" : "logaddexp");
        return temporaries.Keep(Apply(op, [a, b], default));
    }
}
