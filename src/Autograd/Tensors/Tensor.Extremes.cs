namespace Nabla;

/// <content>Largest and smallest elements, and where they are.</content>
public sealed partial class Tensor
{
    /// <summary>The index, among all elements in row-major order, of the largest; NaN is the largest. PyTorch: <c>torch.argmax</c>.</summary>
    public Tensor ArgMax()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Reshape(-1).Arg(0, keepDim: false, max: true));
    }

    /// <summary>The index of the largest along a dimension: the first of equal ones, the first NaN where there is one. PyTorch: <c>torch.argmax</c>.</summary>
    public Tensor ArgMax(int dim, bool keepDim = false) => Arg(dim, keepDim, max: true);

    /// <summary>The index, among all elements in row-major order, of the smallest; NaN is the smallest. PyTorch: <c>torch.argmin</c>.</summary>
    public Tensor ArgMin()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Reshape(-1).Arg(0, keepDim: false, max: false));
    }

    /// <summary>The index of the smallest along a dimension: the first of equal ones, the first NaN where there is one. PyTorch: <c>torch.argmin</c>.</summary>
    public Tensor ArgMin(int dim, bool keepDim = false) => Arg(dim, keepDim, max: false);

    /// <summary>The largest along a dimension, and where it is: the gradient goes to that index. PyTorch: <c>torch.max</c>.</summary>
    public (Tensor Values, Tensor Indices) Max(int dim, bool keepDim = false) => Pick(dim, keepDim, max: true);

    /// <summary>The smallest along a dimension, and where it is: the gradient goes to that index. PyTorch: <c>torch.min</c>.</summary>
    public (Tensor Values, Tensor Indices) Min(int dim, bool keepDim = false) => Pick(dim, keepDim, max: false);

    /// <summary>The largest along a dimension; equal elements share the gradient. PyTorch: <c>torch.amax</c>.</summary>
    public Tensor AMax(int dim, bool keepDim = false) => AMax([dim], keepDim);

    /// <summary>The smallest along a dimension; equal elements share the gradient. PyTorch: <c>torch.amin</c>.</summary>
    public Tensor AMin(int dim, bool keepDim = false) => AMin([dim], keepDim);

    /// <summary>The smallest and the largest of all elements. PyTorch: <c>torch.aminmax</c>.</summary>
    public (Tensor Min, Tensor Max) AMinMax() => (Min(), Max());

    /// <summary>The smallest and the largest along a dimension. PyTorch: <c>torch.aminmax</c>.</summary>
    public (Tensor Min, Tensor Max) AMinMax(int dim, bool keepDim = false) => (AMin(dim, keepDim), AMax(dim, keepDim));

    private Tensor Arg(int dim, bool keepDim, bool max)
    {
        int axis = Shape.Axis(dim, max ? "argmax" : "argmin");
        if (Dim > 0)
            return Apply(max ? ArgReduceOp.Max(axis, keepDim) : ArgReduceOp.Min(axis, keepDim), [this], default);
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Reshape(1).Arg(0, keepDim: false, max));
    }

    private (Tensor Values, Tensor Indices) Pick(int dim, bool keepDim, bool max)
    {
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, max ? "max" : "min");
        if (Dim == 0)
            return temporaries.Keep((Clone(), Zeros([], DType.Int64, Device)));
        var comparable = DType == DType.Bool ? Cast(DType.UInt8) : this;
        var indices = comparable.Arg(axis, keepDim: true, max);
        var values = Gather(axis, indices);
        return temporaries.Keep(keepDim ? (values, indices) : (values.Squeeze(axis), indices.Squeeze(axis)));
    }
}
