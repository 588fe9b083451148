namespace Nabla;

/// <content>Products.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product; vectors count as rows on the left and columns on the right, further dimensions broadcast. PyTorch: <c>torch.matmul</c>.
    /// </summary>
    /// <exception cref="ShapeException">The inner dimensions differ, or an operand has none.</exception>
    public Tensor MatMul(Tensor other)
    {
        if (Dim == 0 || other.Dim == 0)
            throw NoDimension(other);
        if (Shape[^1] != (other.Dim == 1 ? other.Shape[0] : other.Shape[^2]))
            throw InnerDimensions(other);

        if (Dim > 1 && other.Dim > 1)
            return Apply(MatMulOp.Instance, [this, other], default);
        using var temporaries = TemporaryScope.Open();
        var a = Dim == 1 ? Unsqueeze(0) : this;
        var b = other.Dim == 1 ? other.Unsqueeze(1) : other;
        var product = Apply(MatMulOp.Instance, [a, b], default);
        if (Dim == 1)
            product = product.Squeeze(-2);
        return temporaries.Keep(other.Dim == 1 ? product.Squeeze(-1) : product);
    }

    private ShapeException NoDimension(Tensor other) => new("matmul", $"both operands have at least one dimension: {Shape} @ {other.Shape}; use Mul.");

    private ShapeException InnerDimensions(Tensor other)
    {
        bool transposed = other.Dim >= 2 && Shape[^1] == other.Shape[^1];
        return new("matmul", $"inner dimensions differ: {Shape} @ {other.Shape}{(transposed ? "; did you mean other.T?" : ".")}");
    }
}
