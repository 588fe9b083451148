namespace Nabla;

/// <content>Rounding, signs and special values.</content>
public sealed partial class Tensor
{
    /// <summary>x - trunc(x), with the sign of x; of an infinity it is NaN. Its gradient is 1. PyTorch: <c>torch.frac</c>.</summary>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor Frac()
    {
        RequireFloat("frac");
        return Apply(FracOp.Instance, [this], default);
    }

    /// <summary>
    /// The nearest multiple of 10^-<paramref name="decimals"/>, halves to even; a negative number rounds to tens, hundreds, … Its gradient is 0.
    /// PyTorch: <c>torch.round</c>.
    /// </summary>
    /// <exception cref="DTypeException">The elements are not floating point, and <paramref name="decimals"/> is not 0.</exception>
    public Tensor Round(int decimals)
    {
        using var temporaries = TemporaryScope.Open();
        if (decimals == 0)
            return temporaries.Keep(Round());
        RequireFloat("round");
        double power = Math.Pow(10, Math.Abs(decimals));
        return temporaries.Keep(decimals > 0 ? (this * power).Round() / power : (this / power).Round() * power);
    }

    /// <summary>Whether the sign bit is set: of -0.0 and of negative NaNs, too. PyTorch: <c>torch.signbit</c>.</summary>
    public Tensor Signbit()
    {
        using var temporaries = TemporaryScope.Open();
        if (DType == DType.Bool)
            return temporaries.Keep(Zeros(Shape, DType.Bool, Device));
        return temporaries.Keep(DType.IsFloatingPoint() ? Binary(BinaryOp.Copysign, 1.0, Detach()).Lt(0) : Lt(0));
    }

    /// <summary>This itself. PyTorch: <c>torch.positive</c>.</summary>
    /// <exception cref="DTypeException">The elements are bools.</exception>
    public Tensor Positive() => DType == DType.Bool ? throw new DTypeException("positive", "it is not defined for bools; convert with To(dtype).") : this;

    /// <summary>
    /// Replaces NaN and infinities; integers stay. The gradient passes where nothing was replaced. PyTorch: <c>torch.nan_to_num</c>.
    /// </summary>
    /// <param name="nan">What NaN becomes.</param>
    /// <param name="posInf">What +infinity becomes; by default the largest finite value of the element type.</param>
    /// <param name="negInf">What -infinity becomes; by default the smallest finite value of the element type.</param>
    public Tensor NanToNum(double nan = 0, double? posInf = null, double? negInf = null)
    {
        if (!DType.IsFloatingPoint())
            return Clone();
        double largest = Largest(DType);
        return Apply(NanToNumOp.Instance, [this], [nan, posInf ?? largest, negInf ?? -largest]);
    }

    /// <summary>Whether x is +infinity. PyTorch: <c>torch.isposinf</c>.</summary>
    public Tensor IsPosInf() => DType.IsFloatingPoint() ? Eq(double.PositiveInfinity) : Zeros(Shape, DType.Bool, Device);

    /// <summary>Whether x is -infinity. PyTorch: <c>torch.isneginf</c>.</summary>
    public Tensor IsNegInf() => DType.IsFloatingPoint() ? Eq(double.NegativeInfinity) : Zeros(Shape, DType.Bool, Device);

    /// <summary>Refuses integers and bools, where a result in another element type would surprise.</summary>
    private void RequireFloat(string op)
    {
        if (!DType.IsFloatingPoint())
            throw new DTypeException(op, $"it is defined for floating point, not for {DType.Name()}; convert with To(DType.Float32).");
    }

    /// <summary>This, or as float32 where the elements are integers or bools.</summary>
    private Tensor Floating() => Cast(Floating(DType));

    private static DType Floating(DType dtype) => dtype.IsFloatingPoint() ? dtype : Promotion.DefaultFloat;

    /// <summary>Two operands in their common element type, which is float32 where both are integers or bools.</summary>
    private static (Tensor A, Tensor B) Floating(Tensor a, Tensor b)
    {
        var dtype = Floating(Promotion.Result(a, b));
        return (a.Cast(dtype), b.Cast(dtype));
    }

    /// <summary>The largest finite number of a float type.</summary>
    internal static double Largest(DType dtype) => dtype switch
    {
        DType.Float16 => (double)Half.MaxValue,
        DType.BFloat16 => BFloat16.FromBits(0x7F7F),
        DType.Float32 => float.MaxValue,
        _ => double.MaxValue,
    };
}
