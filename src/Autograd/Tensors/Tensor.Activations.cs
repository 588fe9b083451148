namespace Nabla;

/// <content>The activations that are methods, too; the others are in <see cref="Functional"/>.</content>
public sealed partial class Tensor
{
    /// <summary>max(x, 0); its gradient at 0 is 0. PyTorch: <c>torch.relu</c>.</summary>
    public Tensor Relu() => Apply(ReluOp.Instance, [this], default);

    /// <summary>e^x / sum(e^x) along a dimension. PyTorch: <c>torch.softmax</c>.</summary>
    /// <param name="dim">The dimension that sums to 1.</param>
    /// <param name="dtype">The element type in which it is computed and returned; by default that of this.</param>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor Softmax(int dim, DType? dtype = null)
    {
        int axis = Shape.Axis(dim, "softmax");
        return AlongAxis(dtype, x => Apply(new SoftmaxOp(axis), [x], default));
    }

    /// <summary>x - log(sum(e^x)) along a dimension: the logarithm of softmax. PyTorch: <c>torch.log_softmax</c>.</summary>
    /// <param name="dim">The dimension.</param>
    /// <param name="dtype">The element type in which it is computed and returned; by default that of this.</param>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor LogSoftmax(int dim, DType? dtype = null)
    {
        int axis = Shape.Axis(dim, "log_softmax");
        return AlongAxis(dtype, x => Apply(new LogSoftmaxOp(axis), [x], default));
    }

    /// <summary>A tensor without dimensions has one of size 1 for the while, as in PyTorch.</summary>
    private Tensor AlongAxis(DType? dtype, Func<Tensor, Tensor> function)
    {
        using var temporaries = TemporaryScope.Open();
        var x = dtype is { } to ? Cast(to) : this;
        return temporaries.Keep(Dim == 0 ? function(x.Reshape(1)).Reshape([]) : function(x));
    }
}
