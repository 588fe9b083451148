namespace Nabla;

/// <summary>Which operand of a <see cref="BinaryOp"/> is a scalar.</summary>
public enum ScalarSide : byte
{
    /// <summary>Both operands are tensors.</summary>
    None,

    /// <summary>The left operand is scalar 0; the tensor is the right one.</summary>
    Left,

    /// <summary>The right operand is scalar 0; the tensor is the left one.</summary>
    Right,
}

/// <summary>
/// An elementwise function of two operands that broadcast against each other: y[i] = f(a[i], b[i]). Element types are equal (promotion
/// happens above); one operand may be a scalar: see <see cref="ScalarType"/>.
/// </summary>
public sealed record BinaryOp : PrimitiveOp
{
    /// <summary>a + b; integers wrap. PyTorch: <c>torch.add</c>.</summary>
    public static BinaryOp Add { get; } = Define("add", OpDomain.Numeric);

    /// <summary>a - b; integers wrap. PyTorch: <c>torch.sub</c>.</summary>
    public static BinaryOp Sub { get; } = Define("sub", OpDomain.Numeric);

    /// <summary>a * b; integers wrap. PyTorch: <c>torch.mul</c>.</summary>
    public static BinaryOp Mul { get; } = Define("mul", OpDomain.Numeric, wide: true);

    /// <summary>a / b. PyTorch: <c>torch.div</c>.</summary>
    public static BinaryOp Div { get; } = Define("div", OpDomain.Float, wide: true);

    /// <summary>a / b rounded down; an integer divided by zero is an error. PyTorch: <c>torch.floor_divide</c>.</summary>
    public static BinaryOp FloorDivide { get; } = Define("floor_divide", OpDomain.Numeric, wide: true);

    /// <summary>a / b rounded towards zero; an integer divided by zero is an error. PyTorch: <c>torch.div</c>.</summary>
    public static BinaryOp TruncDivide { get; } = Define("trunc_divide", OpDomain.Numeric, wide: true);

    /// <summary>a - b * floor(a / b): the sign of b; an integer divided by zero is an error. PyTorch: <c>torch.remainder</c>.</summary>
    public static BinaryOp Remainder { get; } = Define("remainder", OpDomain.Numeric);

    /// <summary>a - b * trunc(a / b): the sign of a; an integer divided by zero is an error. PyTorch: <c>torch.fmod</c>.</summary>
    public static BinaryOp Fmod { get; } = Define("fmod", OpDomain.Numeric);

    /// <summary>a to the power of b; integers wrap, and a negative integer exponent gives the truncated 1 / a^-b. PyTorch: <c>torch.pow</c>.</summary>
    public static BinaryOp Pow { get; } = Define("pow", OpDomain.Numeric);

    /// <summary>the larger; NaN if either is. PyTorch: <c>torch.maximum</c>.</summary>
    public static BinaryOp Maximum { get; } = Define("maximum", OpDomain.Numeric);

    /// <summary>the smaller; NaN if either is. PyTorch: <c>torch.minimum</c>.</summary>
    public static BinaryOp Minimum { get; } = Define("minimum", OpDomain.Numeric);

    /// <summary>the angle of the point (b, a). PyTorch: <c>torch.atan2</c>.</summary>
    public static BinaryOp Atan2 { get; } = Define("atan2", OpDomain.Float);

    /// <summary>sqrt(a^2 + b^2) without overflow. PyTorch: <c>torch.hypot</c>.</summary>
    public static BinaryOp Hypot { get; } = Define("hypot", OpDomain.Float);

    /// <summary>|a| with the sign of b. PyTorch: <c>torch.copysign</c>.</summary>
    public static BinaryOp Copysign { get; } = Define("copysign", OpDomain.Float);

    /// <summary>a = b. PyTorch: <c>torch.eq</c>.</summary>
    public static BinaryOp Eq { get; } = Define("eq", OpDomain.Any, DType.Bool);

    /// <summary>a differs from b. PyTorch: <c>torch.ne</c>.</summary>
    public static BinaryOp Ne { get; } = Define("ne", OpDomain.Any, DType.Bool);

    /// <summary>a is less than b. PyTorch: <c>torch.lt</c>.</summary>
    public static BinaryOp Lt { get; } = Define("lt", OpDomain.Any, DType.Bool);

    /// <summary>a is at most b. PyTorch: <c>torch.le</c>.</summary>
    public static BinaryOp Le { get; } = Define("le", OpDomain.Any, DType.Bool);

    /// <summary>a is greater than b. PyTorch: <c>torch.gt</c>.</summary>
    public static BinaryOp Gt { get; } = Define("gt", OpDomain.Any, DType.Bool);

    /// <summary>a is at least b. PyTorch: <c>torch.ge</c>.</summary>
    public static BinaryOp Ge { get; } = Define("ge", OpDomain.Any, DType.Bool);

    /// <summary>a and b. PyTorch: <c>torch.logical_and</c>.</summary>
    public static BinaryOp LogicalAnd { get; } = Define("logical_and", OpDomain.Bool);

    /// <summary>a or b. PyTorch: <c>torch.logical_or</c>.</summary>
    public static BinaryOp LogicalOr { get; } = Define("logical_or", OpDomain.Bool);

    /// <summary>a or b, not both. PyTorch: <c>torch.logical_xor</c>.</summary>
    public static BinaryOp LogicalXor { get; } = Define("logical_xor", OpDomain.Bool);

    /// <summary>the bits set in both. PyTorch: <c>torch.bitwise_and</c>.</summary>
    public static BinaryOp BitwiseAnd { get; } = Define("bitwise_and", OpDomain.Bits);

    /// <summary>the bits set in either. PyTorch: <c>torch.bitwise_or</c>.</summary>
    public static BinaryOp BitwiseOr { get; } = Define("bitwise_or", OpDomain.Bits);

    /// <summary>the bits set in one. PyTorch: <c>torch.bitwise_xor</c>.</summary>
    public static BinaryOp BitwiseXor { get; } = Define("bitwise_xor", OpDomain.Bits);

    /// <summary>a * 2^b; 0 when b is negative or not below the width. PyTorch: <c>torch.bitwise_left_shift</c>.</summary>
    public static BinaryOp ShiftLeft { get; } = Define("bitwise_left_shift", OpDomain.Bits);

    /// <summary>a / 2^b rounded down; the sign alone when b is negative or not below the width. PyTorch: <c>torch.bitwise_right_shift</c>.</summary>
    public static BinaryOp ShiftRight { get; } = Define("bitwise_right_shift", OpDomain.Bits);

    private readonly DType? _result;
    private readonly bool _wide;
    private BinaryOp _left, _right;

    private BinaryOp(OpKind kind, OpDomain domain, DType? result, bool wide, ScalarSide side)
    {
        Kind = kind;
        Domain = domain;
        Side = side;
        _result = result;
        _wide = wide;
        _left = _right = this;
    }

    /// <inheritdoc/>
    public override OpKind Kind { get; }

    /// <summary>The element types that it takes.</summary>
    public OpDomain Domain { get; }

    /// <summary>Which operand is a scalar.</summary>
    public ScalarSide Side { get; }

    /// <summary>The same function with a scalar operand on the given side.</summary>
    public BinaryOp With(ScalarSide side) => side switch
    {
        ScalarSide.Left => _left,
        ScalarSide.Right => _right,
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "Left or Right."),
    };

    /// <summary>
    /// The element type that a scalar operand takes beside a tensor: the tensor's. Products and quotients of half types keep it as float32, in which they
    /// compute, so that it neither overflows (70000 / x) nor is rounded before the result is. PyTorch's CPU kernels do the same.
    /// </summary>
    public DType ScalarType(DType tensor) => _wide ? tensor.Accumulator() : tensor;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        bool scalar = Side != ScalarSide.None;
        Arity.Check(this, inputs, scalar ? 1 : 2, scalars, scalar ? 1 : 0);
        var dtype = inputs[0].DType;
        Domain.Check(dtype, Name);
        var shape = inputs[0].Shape;
        if (!scalar)
        {
            Arity.SameDType(Name, inputs);
            shape = Broadcasting.Join(shape, inputs[1].Shape, Name);
        }

        outputs[0] = new(_result ?? dtype, shape);
    }

    /// <summary>Equal kind and side: the variants refer to each other, so the generated comparison would not end.</summary>
    public bool Equals(BinaryOp? other) => other is not null && Kind == other.Kind && Side == other.Side;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind.Id, Side);

    /// <inheritdoc/>
    public override string ToString() => Side == ScalarSide.None ? Kind.Name : $"{Kind.Name} (scalar {Side})";

    private static BinaryOp Define(string name, OpDomain domain, DType? result = null, bool wide = false)
    {
        var kind = OpKind.Define(name);
        BinaryOp left = new(kind, domain, result, wide, ScalarSide.Left), right = new(kind, domain, result, wide, ScalarSide.Right);
        (left._right, right._left) = (right, left);
        return new(kind, domain, result, wide, ScalarSide.None) { _left = left, _right = right };
    }
}
