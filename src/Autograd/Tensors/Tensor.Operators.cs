namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>a + b, elementwise; shapes broadcast, element types promote.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Binary(BinaryOp.Add, a, b);

    /// <summary>a + b, elementwise.</summary>
    public static Tensor operator +(Tensor a, Scalar b) => Binary(BinaryOp.Add, a, b);

    /// <summary>a + b, elementwise.</summary>
    public static Tensor operator +(Scalar a, Tensor b) => Binary(BinaryOp.Add, a, b);

    /// <summary>a - b, elementwise; shapes broadcast, element types promote.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Binary(BinaryOp.Sub, a, b);

    /// <summary>a - b, elementwise.</summary>
    public static Tensor operator -(Tensor a, Scalar b) => Binary(BinaryOp.Sub, a, b);

    /// <summary>a - b, elementwise.</summary>
    public static Tensor operator -(Scalar a, Tensor b) => Binary(BinaryOp.Sub, a, b);

    /// <summary>a * b, elementwise; shapes broadcast, element types promote.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Binary(BinaryOp.Mul, a, b);

    /// <summary>a * b, elementwise.</summary>
    public static Tensor operator *(Tensor a, Scalar b) => Binary(BinaryOp.Mul, a, b);

    /// <summary>a * b, elementwise.</summary>
    public static Tensor operator *(Scalar a, Tensor b) => Binary(BinaryOp.Mul, a, b);

    /// <summary>a / b; integers give float32, elementwise; shapes broadcast, element types promote.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Binary(BinaryOp.Div, a, b);

    /// <summary>a / b; integers give float32, elementwise.</summary>
    public static Tensor operator /(Tensor a, Scalar b) => Binary(BinaryOp.Div, a, b);

    /// <summary>a / b; integers give float32, elementwise.</summary>
    public static Tensor operator /(Scalar a, Tensor b) => Binary(BinaryOp.Div, a, b);

    /// <summary>a - b floor(a / b): the remainder with the sign of b. PyTorch: <c>torch.remainder</c>.</summary>
    public static Tensor operator %(Tensor a, Tensor b) => Binary(BinaryOp.Remainder, a, b);

    /// <summary>a - b floor(a / b): the remainder with the sign of b.</summary>
    public static Tensor operator %(Tensor a, Scalar b) => Binary(BinaryOp.Remainder, a, b);

    /// <summary>-a, elementwise.</summary>
    public static Tensor operator -(Tensor a) => a.Neg();

    /// <summary>Bitwise and; of bools, logical.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => a.BitwiseAnd(b);

    /// <summary>Bitwise or; of bools, logical.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => a.BitwiseOr(b);

    /// <summary>Bitwise exclusive or; of bools, logical.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => a.BitwiseXor(b);

    /// <summary>The complement of the bits; of bools, the negation.</summary>
    public static Tensor operator ~(Tensor a) => a.Unary(UnaryOp.BitwiseNot);
}
