namespace Nabla;

/// <content>Elementwise functions of one tensor. Integers become float32 where the result is not an integer.</content>
public sealed partial class Tensor
{
    /// <summary>-x. PyTorch: <c>torch.neg</c>.</summary>
    /// <exception cref="DTypeException">The elements are bools.</exception>
    public Tensor Neg() => Unary(UnaryOp.Neg);

    /// <summary>|x|; its gradient at 0 is 0. PyTorch: <c>torch.abs</c>.</summary>
    public Tensor Abs() => DType is DType.Bool ? Clone() : Unary(UnaryOp.Abs);

    /// <summary>-1, 0 or 1. PyTorch: <c>torch.sign</c>.</summary>
    public Tensor Sign() => DType is DType.Bool ? Clone() : Unary(UnaryOp.Sign);

    /// <summary>The largest integer not above x; integers stay. PyTorch: <c>torch.floor</c>.</summary>
    public Tensor Floor() => DType.IsFloatingPoint() ? Unary(UnaryOp.Floor) : Clone();

    /// <summary>The smallest integer not below x; integers stay. PyTorch: <c>torch.ceil</c>.</summary>
    public Tensor Ceil() => DType.IsFloatingPoint() ? Unary(UnaryOp.Ceil) : Clone();

    /// <summary>The nearest integer, halves to even; integers stay. PyTorch: <c>torch.round</c>.</summary>
    public Tensor Round() => DType.IsFloatingPoint() ? Unary(UnaryOp.Round) : Clone();

    /// <summary>The integer part; integers stay. PyTorch: <c>torch.trunc</c>.</summary>
    public Tensor Trunc() => DType.IsFloatingPoint() ? Unary(UnaryOp.Trunc) : Clone();

    /// <summary>e^x. PyTorch: <c>torch.exp</c>.</summary>
    public Tensor Exp() => Unary(UnaryOp.Exp);

    /// <summary>2^x. PyTorch: <c>torch.exp2</c>.</summary>
    public Tensor Exp2() => Unary(UnaryOp.Exp2);

    /// <summary>e^x - 1, accurate near 0. PyTorch: <c>torch.expm1</c>.</summary>
    public Tensor Expm1() => Unary(UnaryOp.Expm1);

    /// <summary>The natural logarithm. PyTorch: <c>torch.log</c>.</summary>
    public Tensor Log() => Unary(UnaryOp.Log);

    /// <summary>The logarithm to base 2. PyTorch: <c>torch.log2</c>.</summary>
    public Tensor Log2() => Unary(UnaryOp.Log2);

    /// <summary>The logarithm to base 10. PyTorch: <c>torch.log10</c>.</summary>
    public Tensor Log10() => Unary(UnaryOp.Log10);

    /// <summary>log(1 + x), accurate near 0. PyTorch: <c>torch.log1p</c>.</summary>
    public Tensor Log1p() => Unary(UnaryOp.Log1p);

    /// <summary>The square root. PyTorch: <c>torch.sqrt</c>.</summary>
    public Tensor Sqrt() => Unary(UnaryOp.Sqrt);

    /// <summary>1 / sqrt(x). PyTorch: <c>torch.rsqrt</c>.</summary>
    public Tensor Rsqrt() => Unary(UnaryOp.Rsqrt);

    /// <summary>1 / x. PyTorch: <c>torch.reciprocal</c>.</summary>
    public Tensor Reciprocal() => Unary(UnaryOp.Reciprocal);

    /// <summary>The sine of radians. PyTorch: <c>torch.sin</c>.</summary>
    public Tensor Sin() => Unary(UnaryOp.Sin);

    /// <summary>The cosine of radians. PyTorch: <c>torch.cos</c>.</summary>
    public Tensor Cos() => Unary(UnaryOp.Cos);

    /// <summary>The tangent of radians. PyTorch: <c>torch.tan</c>.</summary>
    public Tensor Tan() => Unary(UnaryOp.Tan);

    /// <summary>The inverse sine. PyTorch: <c>torch.asin</c>.</summary>
    public Tensor Asin() => Unary(UnaryOp.Asin);

    /// <summary>The inverse cosine. PyTorch: <c>torch.acos</c>.</summary>
    public Tensor Acos() => Unary(UnaryOp.Acos);

    /// <summary>The inverse tangent. PyTorch: <c>torch.atan</c>.</summary>
    public Tensor Atan() => Unary(UnaryOp.Atan);

    /// <summary>The hyperbolic sine. PyTorch: <c>torch.sinh</c>.</summary>
    public Tensor Sinh() => Unary(UnaryOp.Sinh);

    /// <summary>The hyperbolic cosine. PyTorch: <c>torch.cosh</c>.</summary>
    public Tensor Cosh() => Unary(UnaryOp.Cosh);

    /// <summary>The hyperbolic tangent. PyTorch: <c>torch.tanh</c>.</summary>
    public Tensor Tanh() => Unary(UnaryOp.Tanh);

    /// <summary>The inverse hyperbolic sine. PyTorch: <c>torch.asinh</c>.</summary>
    public Tensor Asinh() => Unary(UnaryOp.Asinh);

    /// <summary>The inverse hyperbolic cosine. PyTorch: <c>torch.acosh</c>.</summary>
    public Tensor Acosh() => Unary(UnaryOp.Acosh);

    /// <summary>The inverse hyperbolic tangent. PyTorch: <c>torch.atanh</c>.</summary>
    public Tensor Atanh() => Unary(UnaryOp.Atanh);

    /// <summary>1 / (1 + e^-x). PyTorch: <c>torch.sigmoid</c>.</summary>
    public Tensor Sigmoid() => Unary(UnaryOp.Sigmoid);

    /// <summary>The error function. PyTorch: <c>torch.erf</c>.</summary>
    public Tensor Erf() => Unary(UnaryOp.Erf);

    /// <summary>1 - erf(x), accurate for large x. PyTorch: <c>torch.erfc</c>.</summary>
    public Tensor Erfc() => Unary(UnaryOp.Erfc);

    /// <summary>The inverse of the error function. PyTorch: <c>torch.erfinv</c>.</summary>
    public Tensor Erfinv() => Unary(UnaryOp.Erfinv);

    /// <summary>log |gamma(x)|. PyTorch: <c>torch.lgamma</c>.</summary>
    public Tensor Lgamma() => Unary(UnaryOp.Lgamma);

    /// <summary>The derivative of lgamma. PyTorch: <c>torch.digamma</c>.</summary>
    public Tensor Digamma() => Unary(UnaryOp.Digamma);

    /// <summary>x^2. PyTorch: <c>torch.square</c>.</summary>
    public Tensor Square() => Pow(2);

    /// <summary>Whether x is NaN; never for integers. PyTorch: <c>torch.isnan</c>.</summary>
    public Tensor IsNaN() => DType.IsFloatingPoint() ? Unary(UnaryOp.IsNaN) : Zeros(Shape, DType.Bool, Device);

    /// <summary>Whether x is an infinity; never for integers. PyTorch: <c>torch.isinf</c>.</summary>
    public Tensor IsInf() => DType.IsFloatingPoint() ? Unary(UnaryOp.IsInf) : Zeros(Shape, DType.Bool, Device);

    /// <summary>Whether x is neither NaN nor infinite. PyTorch: <c>torch.isfinite</c>.</summary>
    public Tensor IsFinite()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(IsNaN().LogicalOr(IsInf()).LogicalNot());
    }

    /// <summary>Whether x is zero. PyTorch: <c>torch.logical_not</c>.</summary>
    public Tensor LogicalNot() => Unary(UnaryOp.LogicalNot);

    /// <summary>The complement of the bits; of bools, the negation. PyTorch: <c>torch.bitwise_not</c>.</summary>
    public Tensor BitwiseNot() => Unary(UnaryOp.BitwiseNot);
}
