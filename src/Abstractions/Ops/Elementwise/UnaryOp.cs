namespace Nabla;

/// <summary>An elementwise function of one tensor: y[i] = f(x[i]).</summary>
public sealed record UnaryOp : PrimitiveOp
{
    /// <summary>-x. PyTorch: <c>torch.neg</c>.</summary>
    public static UnaryOp Neg { get; } = new("neg", OpDomain.Numeric);

    /// <summary>|x|. PyTorch: <c>torch.abs</c>.</summary>
    public static UnaryOp Abs { get; } = new("abs", OpDomain.Numeric);

    /// <summary>-1, 0 or 1; NaN stays NaN. PyTorch: <c>torch.sign</c>.</summary>
    public static UnaryOp Sign { get; } = new("sign", OpDomain.Numeric);

    /// <summary>The largest integer not above x. PyTorch: <c>torch.floor</c>.</summary>
    public static UnaryOp Floor { get; } = new("floor", OpDomain.Numeric);

    /// <summary>The smallest integer not below x. PyTorch: <c>torch.ceil</c>.</summary>
    public static UnaryOp Ceil { get; } = new("ceil", OpDomain.Numeric);

    /// <summary>The nearest integer, halves to even. PyTorch: <c>torch.round</c>.</summary>
    public static UnaryOp Round { get; } = new("round", OpDomain.Numeric);

    /// <summary>The integer part. PyTorch: <c>torch.trunc</c>.</summary>
    public static UnaryOp Trunc { get; } = new("trunc", OpDomain.Numeric);

    /// <summary>e^x. PyTorch: <c>torch.exp</c>.</summary>
    public static UnaryOp Exp { get; } = new("exp", OpDomain.Float);

    /// <summary>2^x. PyTorch: <c>torch.exp2</c>.</summary>
    public static UnaryOp Exp2 { get; } = new("exp2", OpDomain.Float);

    /// <summary>e^x - 1, accurate near 0. PyTorch: <c>torch.expm1</c>.</summary>
    public static UnaryOp Expm1 { get; } = new("expm1", OpDomain.Float);

    /// <summary>The natural logarithm. PyTorch: <c>torch.log</c>.</summary>
    public static UnaryOp Log { get; } = new("log", OpDomain.Float);

    /// <summary>The logarithm to base 2. PyTorch: <c>torch.log2</c>.</summary>
    public static UnaryOp Log2 { get; } = new("log2", OpDomain.Float);

    /// <summary>The logarithm to base 10. PyTorch: <c>torch.log10</c>.</summary>
    public static UnaryOp Log10 { get; } = new("log10", OpDomain.Float);

    /// <summary>Log(1 + x), accurate near 0. PyTorch: <c>torch.log1p</c>.</summary>
    public static UnaryOp Log1p { get; } = new("log1p", OpDomain.Float);

    /// <summary>The square root. PyTorch: <c>torch.sqrt</c>.</summary>
    public static UnaryOp Sqrt { get; } = new("sqrt", OpDomain.Float);

    /// <summary>1 / sqrt(x). PyTorch: <c>torch.rsqrt</c>.</summary>
    public static UnaryOp Rsqrt { get; } = new("rsqrt", OpDomain.Float);

    /// <summary>1 / x. PyTorch: <c>torch.reciprocal</c>.</summary>
    public static UnaryOp Reciprocal { get; } = new("reciprocal", OpDomain.Float);

    /// <summary>The sine of radians. PyTorch: <c>torch.sin</c>.</summary>
    public static UnaryOp Sin { get; } = new("sin", OpDomain.Float);

    /// <summary>The cosine of radians. PyTorch: <c>torch.cos</c>.</summary>
    public static UnaryOp Cos { get; } = new("cos", OpDomain.Float);

    /// <summary>The tangent of radians. PyTorch: <c>torch.tan</c>.</summary>
    public static UnaryOp Tan { get; } = new("tan", OpDomain.Float);

    /// <summary>The inverse sine. PyTorch: <c>torch.asin</c>.</summary>
    public static UnaryOp Asin { get; } = new("asin", OpDomain.Float);

    /// <summary>The inverse cosine. PyTorch: <c>torch.acos</c>.</summary>
    public static UnaryOp Acos { get; } = new("acos", OpDomain.Float);

    /// <summary>The inverse tangent. PyTorch: <c>torch.atan</c>.</summary>
    public static UnaryOp Atan { get; } = new("atan", OpDomain.Float);

    /// <summary>The hyperbolic sine. PyTorch: <c>torch.sinh</c>.</summary>
    public static UnaryOp Sinh { get; } = new("sinh", OpDomain.Float);

    /// <summary>The hyperbolic cosine. PyTorch: <c>torch.cosh</c>.</summary>
    public static UnaryOp Cosh { get; } = new("cosh", OpDomain.Float);

    /// <summary>The hyperbolic tangent. PyTorch: <c>torch.tanh</c>.</summary>
    public static UnaryOp Tanh { get; } = new("tanh", OpDomain.Float);

    /// <summary>The inverse hyperbolic sine. PyTorch: <c>torch.asinh</c>.</summary>
    public static UnaryOp Asinh { get; } = new("asinh", OpDomain.Float);

    /// <summary>The inverse hyperbolic cosine. PyTorch: <c>torch.acosh</c>.</summary>
    public static UnaryOp Acosh { get; } = new("acosh", OpDomain.Float);

    /// <summary>The inverse hyperbolic tangent. PyTorch: <c>torch.atanh</c>.</summary>
    public static UnaryOp Atanh { get; } = new("atanh", OpDomain.Float);

    /// <summary>1 / (1 + e^-x). PyTorch: <c>torch.sigmoid</c>.</summary>
    public static UnaryOp Sigmoid { get; } = new("sigmoid", OpDomain.Float);

    /// <summary>The error function. PyTorch: <c>torch.erf</c>.</summary>
    public static UnaryOp Erf { get; } = new("erf", OpDomain.Float);

    /// <summary>1 - erf(x), accurate for large x. PyTorch: <c>torch.erfc</c>.</summary>
    public static UnaryOp Erfc { get; } = new("erfc", OpDomain.Float);

    /// <summary>The inverse of the error function. PyTorch: <c>torch.erfinv</c>.</summary>
    public static UnaryOp Erfinv { get; } = new("erfinv", OpDomain.Float);

    /// <summary>Log |gamma(x)|. PyTorch: <c>torch.lgamma</c>.</summary>
    public static UnaryOp Lgamma { get; } = new("lgamma", OpDomain.Float);

    /// <summary>The derivative of lgamma. PyTorch: <c>torch.digamma</c>.</summary>
    public static UnaryOp Digamma { get; } = new("digamma", OpDomain.Float);

    /// <summary>Whether x is NaN. PyTorch: <c>torch.isnan</c>.</summary>
    public static UnaryOp IsNaN { get; } = new("isnan", OpDomain.Float, DType.Bool);

    /// <summary>Whether x is an infinity. PyTorch: <c>torch.isinf</c>.</summary>
    public static UnaryOp IsInf { get; } = new("isinf", OpDomain.Float, DType.Bool);

    /// <summary>Whether x is zero. PyTorch: <c>torch.logical_not</c>.</summary>
    public static UnaryOp LogicalNot { get; } = new("logical_not", OpDomain.Any, DType.Bool);

    /// <summary>The complement of the bits; of a bool, its negation. PyTorch: <c>torch.bitwise_not</c>.</summary>
    public static UnaryOp BitwiseNot { get; } = new("bitwise_not", OpDomain.Bits);

    private readonly DType? _result;

    private UnaryOp(string name, OpDomain domain, DType? result = null)
    {
        Kind = OpKind.Define(name);
        Domain = domain;
        _result = result;
    }

    /// <inheritdoc/>
    public override OpKind Kind { get; }

    /// <summary>The element types that it takes.</summary>
    public OpDomain Domain { get; }

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        Domain.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0] with { DType = _result ?? inputs[0].DType };
    }
}
