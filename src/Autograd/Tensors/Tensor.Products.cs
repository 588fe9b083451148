namespace Nabla;

/// <content>Products of matrices and vectors with fixed numbers of dimensions, and sums with them.</content>
public sealed partial class Tensor
{
    /// <summary>The product of two matrices, without broadcasting. PyTorch: <c>torch.mm</c>.</summary>
    /// <exception cref="ShapeException">An operand is no matrix, or the inner sizes differ.</exception>
    public Tensor Mm(Tensor other)
    {
        RequireDims("mm", (this, 2), (other, 2));
        return MatMul(other);
    }

    /// <summary>The products of two batches of matrices, [b, n, k] and [b, k, m], without broadcasting. PyTorch: <c>torch.bmm</c>.</summary>
    /// <exception cref="ShapeException">An operand is no batch of matrices, or sizes differ.</exception>
    public Tensor Bmm(Tensor other)
    {
        RequireDims("bmm", (this, 3), (other, 3));
        if (Shape[0] != other.Shape[0])
            throw new ShapeException("bmm", $"the batches {Shape} and {other.Shape} differ in size; use MatMul to broadcast.");
        return MatMul(other);
    }

    /// <summary>A matrix times a vector. PyTorch: <c>torch.mv</c>.</summary>
    /// <exception cref="ShapeException">The operands are not a matrix and a vector, or the sizes differ.</exception>
    public Tensor Mv(Tensor vector)
    {
        RequireDims("mv", (this, 2), (vector, 1));
        return MatMul(vector);
    }

    /// <summary>The sum of the products of two vectors' elements. PyTorch: <c>torch.dot</c>.</summary>
    /// <exception cref="ShapeException">An operand is no vector, or the sizes differ.</exception>
    public Tensor Dot(Tensor other)
    {
        RequireDims("dot", (this, 1), (other, 1));
        return MatMul(other);
    }

    /// <summary>The products of all pairs of two vectors' elements: y[i, j] = a[i] b[j]. PyTorch: <c>torch.outer</c>.</summary>
    /// <exception cref="ShapeException">An operand is no vector.</exception>
    public Tensor Outer(Tensor other)
    {
        RequireDims("outer", (this, 1), (other, 1));
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Unsqueeze(1) * other);
    }

    /// <summary>
    /// Sums of products over the last dimensions of both: [a.., k] and [b.., k] give [a.., b..]. PyTorch: <c>torch.inner</c>.
    /// </summary>
    /// <exception cref="ShapeException">The last sizes differ.</exception>
    public Tensor Inner(Tensor other)
    {
        if (Dim == 0 || other.Dim == 0)
            return this * other;
        if (Shape[^1] != other.Shape[^1])
            throw new ShapeException("inner", $"the last sizes of {Shape} and {other.Shape} differ.");
        return Tensordot(other, [-1], [-1]);
    }

    /// <summary>The Kronecker product: each element of this times the whole of the other. PyTorch: <c>torch.kron</c>.</summary>
    public Tensor Kron(Tensor other)
    {
        using var temporaries = TemporaryScope.Open();
        int rank = Math.Max(Dim, other.Dim);
        Span<long> left = stackalloc long[2 * rank], right = stackalloc long[2 * rank], sizes = stackalloc long[rank];
        left.Fill(1);
        right.Fill(1);
        for (int d = 0; d < rank; d++)
        {
            int own = d - (rank - Dim), others = d - (rank - other.Dim);
            left[2 * d] = own < 0 ? 1 : Shape[own];
            right[2 * d + 1] = others < 0 ? 1 : other.Shape[others];
            sizes[d] = left[2 * d] * right[2 * d + 1];
        }

        return temporaries.Keep((Reshape(left) * other.Reshape(right)).Reshape(sizes));
    }

    /// <summary>beta * this + alpha * (a b), matrices a and b; this broadcasts. PyTorch: <c>torch.addmm</c>.</summary>
    public Tensor Addmm(Tensor a, Tensor b, Scalar? beta = null, Scalar? alpha = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Plus("addmm", a.Mm(b), beta, alpha));
    }

    /// <summary>beta * this + alpha * (matrix vector); this broadcasts. PyTorch: <c>torch.addmv</c>.</summary>
    public Tensor Addmv(Tensor matrix, Tensor vector, Scalar? beta = null, Scalar? alpha = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Plus("addmv", matrix.Mv(vector), beta, alpha));
    }

    /// <summary>beta * this + alpha * (a b^T), vectors a and b; this broadcasts. PyTorch: <c>torch.addr</c>.</summary>
    public Tensor Addr(Tensor a, Tensor b, Scalar? beta = null, Scalar? alpha = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Plus("addr", a.Outer(b), beta, alpha));
    }

    /// <summary>beta * this + alpha * (a b), batches of matrices; this broadcasts. PyTorch: <c>torch.baddbmm</c>.</summary>
    public Tensor Baddbmm(Tensor a, Tensor b, Scalar? beta = null, Scalar? alpha = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Plus("baddbmm", a.Bmm(b), beta, alpha));
    }

    /// <summary>With beta = 0 this is not even read: NaN in it does not count, as in PyTorch.</summary>
    private Tensor Plus(string op, Tensor product, Scalar? beta, Scalar? alpha)
    {
        if (DType != product.DType)
            throw new DTypeException(op, $"element types differ: {_data.Spec} and {product._data.Spec}; convert one with To(dtype).");
        foreach (var factor in new[] { beta, alpha })
            if (factor is { Kind: ScalarKind.Float } && !DType.IsFloatingPoint())
                throw new DTypeException(op, $"a factor of integers is an integer, not {factor}.");
        if (Broadcasting.Join(Shape, product.Shape, op) != product.Shape)
            throw new ShapeException(op, $"{Shape} does not broadcast to the product, {product.Shape}.");
        var scaled = alpha is { } a && a.ToDouble() != 1 ? product * a : product;
        if (beta is { } zero && zero.ToDouble() == 0)
            return scaled;
        return beta is { } b && b.ToDouble() != 1 ? this * b + scaled : this + scaled;
    }

    private static void RequireDims(string op, (Tensor Tensor, int Dim) a, (Tensor Tensor, int Dim) b)
    {
        if (a.Tensor.Dim != a.Dim || b.Tensor.Dim != b.Dim)
            throw new ShapeException(op, $"the operands have {a.Dim} and {b.Dim} dimensions, not the shapes {a.Tensor.Shape} and {b.Tensor.Shape}; use MatMul to broadcast.");
    }
}
