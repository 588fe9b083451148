namespace Nabla;

/// <summary>Linear algebra beyond products. All is made of differentiable operations and runs on every device. PyTorch: <c>torch.linalg</c>.</summary>
public static class Linalg
{
    /// <summary>
    /// The products a x b of vectors in space, along a dimension of 3; the others broadcast. Half types are rounded once.
    /// PyTorch: <c>torch.linalg.cross</c>.
    /// </summary>
    /// <exception cref="ShapeException">The numbers of dimensions differ, or there are not three components.</exception>
    public static Tensor Cross(Tensor input, Tensor other, int dim = -1)
    {
        const string Op = "linalg_cross";
        if (input.Dim != other.Dim)
            throw new ShapeException(Op, $"{input.Shape} and {other.Shape} differ in their number of dimensions; unsqueeze one.");
        int axis = Shape.Axis(dim, input.Dim, Op);
        if (input.Dim == 0 || input.Shape[axis] != 3 || other.Shape[axis] != 3)
            throw new ShapeException(Op, $"dimension {dim} of {input.Shape} and {other.Shape} does not have three components.");
        var dtype = Promotion.Result(input, other);
        Tensor a = input.Cast(dtype.Accumulator()), b = other.Cast(dtype.Accumulator());

        // Component i is a[i+1] b[i+2] - a[i+2] b[i+1].
        return (a.Roll(-1, axis) * b.Roll(-2, axis) - a.Roll(-2, axis) * b.Roll(-1, axis)).Cast(dtype);
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
    public static Tensor VectorNorm(Tensor x, double ord = 2, ReadOnlySpan<int> dims = default, bool keepDim = false, DType? dtype = null) =>
        (dtype is { } to ? x.To(to) : x).Norm(ord, dims, keepDim);

    /// <summary>
    /// The powers of each element, in a dimension of their own: 1, x, x^2, .. x^(n - 1). Integers give int64. PyTorch: <c>torch.linalg.vander</c>.
    /// </summary>
    /// <param name="x">[.., m]</param>
    /// <param name="n">How many powers; m by default.</param>
    /// <exception cref="ShapeException">There is no dimension.</exception>
    /// <exception cref="TensorArgumentException">There is not at least one power.</exception>
    public static Tensor Vander(Tensor x, long? n = null)
    {
        const string Op = "linalg_vander";
        if (x.Dim == 0)
            throw new ShapeException(Op, "a number without dimensions has no row of powers; reshape it to [1].");
        long count = n ?? x.Shape[^1];
        if (count < 1)
            throw new TensorArgumentException(Op, $"{count} powers cannot be taken; n is at least 1.");
        var wide = x.DType.IsFloatingPoint() ? x.Cast(x.DType.Accumulator()) : x.Cast(DType.Int64);
        var powers = wide.Unsqueeze(-1).Pow(Tensor.Arange(count, wide.DType, x.Device));
        return x.DType.IsFloatingPoint() ? powers.Cast(x.DType) : powers;
    }
}
