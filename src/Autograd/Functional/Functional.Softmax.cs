namespace Nabla;

public static partial class Functional
{
    /// <summary>e^x / sum(e^x) along a dimension. PyTorch: <c>torch.nn.functional.softmax</c>.</summary>
    /// <param name="input">The scores.</param>
    /// <param name="dim">The dimension that sums to 1.</param>
    /// <param name="dtype">The element type in which it is computed and returned; by default that of the input.</param>
    public static Tensor Softmax(Tensor input, int dim, DType? dtype = null) => input.Softmax(dim, dtype);

    /// <summary>log(softmax(x)), computed without its underflow. PyTorch: <c>torch.nn.functional.log_softmax</c>.</summary>
    public static Tensor LogSoftmax(Tensor input, int dim, DType? dtype = null) => input.LogSoftmax(dim, dtype);

    /// <summary>softmax(-x). PyTorch: <c>torch.nn.functional.softmin</c>.</summary>
    public static Tensor Softmin(Tensor input, int dim, DType? dtype = null)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep((dtype is { } to ? -input.Cast(to) : -input).Softmax(dim));
    }
}
