namespace Nabla;

/// <content>Sums, products and quotients with a factor or a rounding.</content>
public sealed partial class Tensor
{
    /// <summary>a + alpha b. PyTorch: <c>torch.add</c>.</summary>
    /// <exception cref="DTypeException">The result is integer and <paramref name="alpha"/> is not.</exception>
    public Tensor Add(Tensor other, Scalar alpha)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(IsOnePass(other, alpha) ? AddScaled(other, alpha.ToDouble()) : Add(Scaled("add", other, alpha)));
    }

    /// <summary>a - alpha b. PyTorch: <c>torch.sub</c>.</summary>
    /// <exception cref="DTypeException">The result is integer and <paramref name="alpha"/> is not.</exception>
    public Tensor Sub(Tensor other, Scalar alpha)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(IsOnePass(other, alpha) ? AddScaled(other, -alpha.ToDouble()) : Sub(Scaled("sub", other, alpha)));
    }

    /// <summary>Adds alpha b in place. PyTorch: <c>add_</c>.</summary>
    public Tensor Add_(Tensor other, Scalar alpha)
    {
        using var temporaries = TemporaryScope.Open();
        return IsOnePass(other, alpha) ? AddScaled_(other, alpha.ToDouble()) : Add_(Scaled("add_", other, alpha));
    }

    /// <summary>Subtracts alpha b in place. PyTorch: <c>sub_</c>.</summary>
    public Tensor Sub_(Tensor other, Scalar alpha)
    {
        using var temporaries = TemporaryScope.Open();
        return IsOnePass(other, alpha) ? AddScaled_(other, -alpha.ToDouble()) : Sub_(Scaled("sub_", other, alpha));
    }

    /// <summary>a / b, rounded; integers stay integers. Its gradient is 0. PyTorch: <c>torch.div</c>.</summary>
    public Tensor Div(Tensor other, RoundingMode roundingMode) => Binary(Rounded(roundingMode), this, other);

    /// <summary>a / b, rounded; integers stay integers. Its gradient is 0. PyTorch: <c>torch.div</c>.</summary>
    public Tensor Div(Scalar other, RoundingMode roundingMode) => Binary(Rounded(roundingMode), this, other);

    /// <summary>this + value tensor1 tensor2. PyTorch: <c>torch.addcmul</c>.</summary>
    public Tensor Addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
        value.Equals(1) || (value.Equals(1.0) && DType.IsFloatingPoint())
            ? MultiplyAdd(tensor1, tensor2, this)
            : RoundedOnce(this, tensor1, tensor2, (x, a, b) => x.Add(a.Mul(b), value));

    /// <summary>this + tensor1 tensor2. PyTorch: <c>torch.addcmul</c>.</summary>
    public Tensor Addcmul(Tensor tensor1, Tensor tensor2) => Addcmul(tensor1, tensor2, 1);

    /// <summary>this + value tensor1 / tensor2. PyTorch: <c>torch.addcdiv</c>.</summary>
    /// <exception cref="DTypeException">Both tensors are integers.</exception>
    public Tensor Addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => RoundedOnce(this, tensor1, tensor2, (x, a, b) => x.Add(Quotient(a, b), value));

    /// <summary>this + tensor1 / tensor2. PyTorch: <c>torch.addcdiv</c>.</summary>
    /// <exception cref="DTypeException">Both tensors are integers.</exception>
    public Tensor Addcdiv(Tensor tensor1, Tensor tensor2) => Addcdiv(tensor1, tensor2, 1);

    /// <summary>this to <paramref name="end"/> by the share <paramref name="weight"/>. PyTorch: <c>torch.lerp</c>.</summary>
    public Tensor Lerp(Tensor end, Scalar weight)
    {
        using var temporaries = TemporaryScope.Open();
        double w = weight.ToDouble();
        if (DType == end.DType && DType.IsFloatingPoint())
        {
            var (a, b) = Alike(LerpOp.Instance, this, end, DType);
            return temporaries.Keep(Apply(LerpOp.Instance, [a, b], [w]));
        }

        var way = end - this; // what promotes, in parts; from the nearer side, so that the weights 0 and 1 are exact
        return temporaries.Keep(Math.Abs(w) < 0.5 ? this + way * weight : end - way * (1 - w));
    }

    /// <summary>this to <paramref name="end"/> by a share for each element. PyTorch: <c>torch.lerp</c>.</summary>
    public Tensor Lerp(Tensor end, Tensor weight) => OfThree("lerp", LerpByOp.Instance, this, end, weight, static (x, y, w) =>
    {
        var way = y - x;
        return Where(w.Detach().Abs().Lt(0.5), x + way * w, y - way * (1 - w));
    });

    /// <summary>a b + c in one pass where the device has it.</summary>
    internal static Tensor MultiplyAdd(Tensor a, Tensor b, Tensor c) =>
        OfThree("addcmul", MultiplyAddOp.Instance, a, b, c, static (a, b, c) => c.Add(a.Mul(b)));

    /// <summary>A function of three tensors: as one operation of floats that are alike, and else in parts, which promote.</summary>
    private static Tensor OfThree(string name, CompositeOp op, Tensor a, Tensor b, Tensor c, Func<Tensor, Tensor, Tensor, Tensor> inParts)
    {
        bool alike = a.DType == b.DType && a.DType == c.DType && a.Device == b.Device && a.Device == c.Device;
        if (!alike || !a.DType.IsFloatingPoint())
            return RoundedOnce(a, b, c, inParts);
        using var temporaries = TemporaryScope.Open();
        var shape = Broadcasting.Join(Broadcasting.Join(a.Shape, b.Shape, name), c.Shape, name);
        return temporaries.Keep(Apply(op, [a.Expand(shape), b.Expand(shape), c.Expand(shape)], default));
    }

    /// <summary>What tensors of one half type give in float32, rounded once as PyTorch does: what is between would overflow. Others compute as they are.</summary>
    private static Tensor RoundedOnce(Tensor a, Tensor b, Tensor c, Func<Tensor, Tensor, Tensor, Tensor> f)
    {
        using var temporaries = TemporaryScope.Open();
        var wide = a.DType.Accumulator();
        if (wide == a.DType || b.DType != a.DType || c.DType != a.DType)
            return temporaries.Keep(f(a, b, c));
        return temporaries.Keep(f(a.Cast(wide), b.Cast(wide), c.Cast(wide)).Cast(a.DType));
    }

    /// <summary>Whether a sum with a factor is one operation: of floats that are alike.</summary>
    private bool IsOnePass(Tensor other, Scalar alpha) =>
        DType == other.DType && DType.IsFloatingPoint() && _data.Device == other._data.Device && !alpha.Equals(1);

    private Tensor AddScaled(Tensor other, double alpha)
    {
        var (a, b) = Alike(AddScaledOp.Instance, this, other, DType, "add");
        return Apply(AddScaledOp.Instance, [a, b], [alpha]);
    }

    private Tensor AddScaled_(Tensor other, double alpha)
    {
        var (a, b) = Alike(AddScaledOp.Instance, this, other, DType, "add_"); // of a larger shape it does not fit into this, which is refused
        return ApplyInPlace(AddScaledOp.Instance, [a, b], [alpha]);
    }

    private Tensor Scaled(string op, Tensor other, Scalar alpha)
    {
        var dtype = Promotion.Result(this, other);
        if (Promotion.Category(alpha) > Promotion.Category(dtype))
            throw new DTypeException(op, $"the factor {alpha} does not fit the result's element type, {dtype.Name()}; pass an integer, or convert with To(dtype).");
        return alpha.Kind == ScalarKind.Integer && alpha.ToInt64() == 1 ? other : other.Mul(alpha);
    }

    private static Tensor Quotient(Tensor a, Tensor b) =>
        a.DType.IsFloatingPoint() || b.DType.IsFloatingPoint()
            ? a.Div(b)
            : throw new DTypeException("addcdiv", "integers are not divided here; convert with To(DType.Float32), or use Div with a rounding mode.");

    private static BinaryOp Rounded(RoundingMode mode) => mode == RoundingMode.Floor ? BinaryOp.FloorDivide : BinaryOp.TruncDivide;
}
