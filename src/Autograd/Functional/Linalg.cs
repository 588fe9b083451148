namespace Nabla;

/// <summary>Linear algebra beyond products. All is made of differentiable operations and runs on every device. PyTorch: <c>torch.linalg</c>.</summary>
public static class Linalg
{
    /// <summary>
    /// The products a x b of vectors in space, along a dimension of 3; the others broadcast. Half types are rounded once.
    /// PyTorch: <c>torch.linalg.cross</c>.
    /// </summary>
    /// <exception cref="ShapeException">The numbers of dimensions differ, there are not three components, or the shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The elements are bools.</exception>
    /// <exception cref="TensorIndexException">There is no such dimension.</exception>
    public static Tensor Cross(Tensor input, Tensor other, int dim = -1)
    {
        const string Op = "linalg_cross";
        if (input.Dim != other.Dim)
            throw new ShapeException(Op, $"{input.Shape} and {other.Shape} differ in their number of dimensions; unsqueeze one.");
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, input.Dim, Op);
        if (input.Dim == 0 || input.Shape[axis] != 3 || other.Shape[axis] != 3)
            throw new ShapeException(Op, $"dimension {dim} of {input.Shape} and {other.Shape} does not have three components.");
        _ = Broadcasting.Join(input.Shape, other.Shape, Op);
        var dtype = Promotion.Result(input, other);
        if (dtype == DType.Bool)
            throw new DTypeException(Op, "bools have no differences of products; convert with To(DType.Int64).");
        Tensor a = input.Cast(dtype.Accumulator()), b = other.Cast(dtype.Accumulator());

        // Component i is a[i+1] b[i+2] - a[i+2] b[i+1].
        return temporaries.Keep((a.Roll(-1, axis) * b.Roll(-2, axis) - a.Roll(-2, axis) * b.Roll(-1, axis)).Cast(dtype));
    }

    /// <summary>
    /// (sum |x|^ord)^(1/ord) along dimensions, none given means all; see <see cref="Tensor.Norm(double, ReadOnlySpan{int}, bool)"/> for infinite orders and 0.
    /// PyTorch: <c>torch.linalg.vector_norm</c>.
    /// </summary>
    /// <param name="x">The vectors.</param>
    /// <param name="ord">Which norm.</param>
    /// <param name="dims">The dimensions.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <param name="dtype">What the elements are converted to first.</param>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    /// <exception cref="ShapeException">A dimension is empty, and the order is negative or infinite: of nothing there is no extreme.</exception>
    /// <exception cref="TensorIndexException">There is no such dimension.</exception>
    /// <exception cref="TensorArgumentException">A dimension is named more than once.</exception>
    public static Tensor VectorNorm(Tensor x, double ord = 2, ReadOnlySpan<int> dims = default, bool keepDim = false, DType? dtype = null)
    {
        const string Op = "linalg_vector_norm";
        using var temporaries = TemporaryScope.Open();
        Functional.RequireFloat(x, Op);
        var values = x;
        if (dtype is { } to)
        {
            values = x.To(to);
            Functional.RequireFloat(values, Op);
        }

        var axes = x.Axes(dims, Op);
        if (ord is < 0 or double.PositiveInfinity)
            foreach (int axis in axes)
                if (x.Shape[axis] == 0)
                    throw new ShapeException(Op, $"dimension {axis} of {x.Shape} is empty, and the norm of order {ord} has no identity; reduce others, or take an order from 0 on.");
        return temporaries.Keep(values.Norm(ord, dims, keepDim));
    }

    /// <summary>
    /// The powers of each element, in a dimension of their own: 1, x, x^2, .. x^(n - 1). Integers give int64. PyTorch: <c>torch.linalg.vander</c>.
    /// </summary>
    /// <param name="x">[.., m]; a number without dimensions counts as [1].</param>
    /// <param name="n">How many powers; m by default.</param>
    /// <exception cref="TensorArgumentException">There are not at least two powers.</exception>
    /// <exception cref="DTypeException">The elements are bools.</exception>
    public static Tensor Vander(Tensor x, long? n = null)
    {
        const string Op = "linalg_vander";
        if (x.DType == DType.Bool)
            throw new DTypeException(Op, "bools have no powers; convert with To(DType.Int64).");
        using var temporaries = TemporaryScope.Open();
        if (x.Dim == 0)
            x = x.Unsqueeze(0);
        long count = n ?? x.Shape[^1];
        if (count < 2)
            throw new TensorArgumentException(Op, $"{(n is null ? $"n is by default the last size of {x.Shape}, " : "n is ")}{count}; it is at least 2, for 1 and x.");
        var wide = x.DType.IsFloatingPoint() ? x.Cast(x.DType.Accumulator()) : x.Cast(DType.Int64);
        var powers = wide.Unsqueeze(-1).Pow(Tensor.Arange(count, wide.DType, x.Device));
        return temporaries.Keep(x.DType.IsFloatingPoint() ? powers.Cast(x.DType) : powers);
    }
}
