namespace Nabla;

/// <content>Reductions. Without a dimension they take all.</content>
public sealed partial class Tensor
{
    /// <summary>The sum of all elements; bools and integers give int64. PyTorch: <c>torch.sum</c>.</summary>
    public Tensor Sum(DType? dtype = null) => Sum([], keepDim: false, dtype);

    /// <summary>The sum over a dimension. PyTorch: <c>torch.sum</c>.</summary>
    public Tensor Sum(int dim, bool keepDim = false, DType? dtype = null) => Sum([dim], keepDim, dtype);

    /// <summary>The sum over dimensions. PyTorch: <c>torch.sum</c>.</summary>
    public Tensor Sum(ReadOnlySpan<int> dims, bool keepDim = false, DType? dtype = null)
    {
        var axes = Axes(dims, "sum");
        var to = dtype ?? Accumulating(DType);
        return axes.Length == 0 ? CopyAs(to) : ApplyAs(to, ReduceOp.Sum(axes, keepDim), default);
    }

    /// <summary>The product of all elements; bools and integers give int64. PyTorch: <c>torch.prod</c>.</summary>
    public Tensor Prod(DType? dtype = null) => Prod([], keepDim: false, dtype);

    /// <summary>The product over a dimension. PyTorch: <c>torch.prod</c>.</summary>
    public Tensor Prod(int dim, bool keepDim = false, DType? dtype = null) => Prod([dim], keepDim, dtype);

    /// <summary>The largest over dimensions; equal elements share the gradient. PyTorch: <c>torch.amax</c>.</summary>
    public Tensor AMax(ReadOnlySpan<int> dims, bool keepDim = false) => Extreme(ReduceOp.Max(Axes(dims, "amax"), keepDim));

    /// <summary>The smallest over dimensions; equal elements share the gradient. PyTorch: <c>torch.amin</c>.</summary>
    public Tensor AMin(ReadOnlySpan<int> dims, bool keepDim = false) => Extreme(ReduceOp.Min(Axes(dims, "amin"), keepDim));

    /// <summary>The largest of all elements. PyTorch: <c>torch.max</c>.</summary>
    public Tensor Max() => AMax([]);

    /// <summary>The smallest of all elements. PyTorch: <c>torch.min</c>.</summary>
    public Tensor Min() => AMin([]);

    /// <summary>The mean of all elements. PyTorch: <c>torch.mean</c>.</summary>
    public Tensor Mean(DType? dtype = null) => Mean([], keepDim: false, dtype);

    /// <summary>The mean over a dimension. PyTorch: <c>torch.mean</c>.</summary>
    public Tensor Mean(int dim, bool keepDim = false, DType? dtype = null) => Mean([dim], keepDim, dtype);

    /// <summary>The mean over dimensions. PyTorch: <c>torch.mean</c>.</summary>
    /// <exception cref="DTypeException">The elements are integers or bools and no floating <paramref name="dtype"/> is given.</exception>
    public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false, DType? dtype = null)
    {
        var to = dtype ?? DType;
        if (!to.IsFloatingPoint())
            throw new DTypeException("mean", $"the mean of {to.Name()} is not one; pass dtype: DType.Float32.");
        return ApplyAs(to, new MeanOp(Axes(dims, "mean"), keepDim), default);
    }

    private Tensor Prod(ReadOnlySpan<int> dims, bool keepDim, DType? dtype)
    {
        var axes = Axes(dims, "prod");
        var to = dtype ?? Accumulating(DType);
        return axes.Length == 0 ? CopyAs(to) : ApplyAs(to, ReduceOp.Prod(axes, keepDim), default);
    }

    /// <summary>Nothing is reduced: the values, in memory of their own.</summary>
    private Tensor CopyAs(DType dtype) => DType == dtype ? Clone() : Cast(dtype);

    private Tensor Extreme(ReduceOp op) => op.Axes.Length == 0 ? Clone() : Apply(op, [this], default);

    /// <summary>Dimensions as ascending axes; none given means all, as in PyTorch.</summary>
    internal ValueArray<int> Axes(ReadOnlySpan<int> dims, string op)
    {
        if (dims.IsEmpty)
            return AllAxes();
        var axes = new int[dims.Length];
        for (int i = 0; i < axes.Length; i++)
            axes[i] = Shape.Axis(dims[i], op);
        if (Dim == 0)
            return []; // a scalar answers to 0 and -1, but has no dimension
        Array.Sort(axes);
        for (int i = 1; i < axes.Length; i++)
            if (axes[i] == axes[i - 1])
                throw NamedTwice(axes[i], op);
        return new(axes);
    }

    private static TensorArgumentException NamedTwice(int axis, string op) => new(op, $"dimension {axis} is named more than once.");

    private ValueArray<int> AllAxes()
    {
        var axes = new int[Dim];
        for (int i = 0; i < axes.Length; i++)
            axes[i] = i;
        return new(axes);
    }

    private static DType Accumulating(DType dtype) => dtype.IsFloatingPoint() ? dtype : DType.Int64;
}
