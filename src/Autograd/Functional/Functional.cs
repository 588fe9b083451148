namespace Nabla;

/// <summary>
/// The functions of neural networks: activations, losses, normalizations, attention. All are made of differentiable operations, so
/// their gradients can be differentiated again. PyTorch: <c>torch.nn.functional</c>.
/// </summary>
public static partial class Functional
{
    /// <summary>Half types go through several steps in float32 and are rounded once, at the end, as PyTorch's kernels do.</summary>
    internal static Tensor Wide(Tensor x, Func<Tensor, Tensor> function)
    {
        using var temporaries = TemporaryScope.Open();
        var wide = x.DType.Accumulator();
        return temporaries.Keep(wide == x.DType ? function(x) : function(x.Cast(wide)).Cast(x.DType));
    }

    /// <summary>Refuses integers and bools, which have no such function.</summary>
    internal static void RequireFloat(Tensor x, string op)
    {
        if (!x.DType.IsFloatingPoint())
            throw new DTypeException(op, $"the elements are {x.DType.Name()}, not floating point; convert with To(DType.Float32).");
    }

    /// <summary>A number as a tensor that mixes with <paramref name="like"/> without changing its element type.</summary>
    internal static Tensor Constant(Tensor like, Scalar value) => Tensor.Full([], value, like.DType, like.Device);

    /// <summary>
    /// max(x, bound), whose gradient passes at the bound (that of <see cref="Tensor.Maximum(Scalar)"/> is shared there). NaN stays.
    /// </summary>
    internal static Tensor AtLeast(Tensor x, Scalar bound)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Tensor.Where(x.Lt(bound), Constant(x, bound), x));
    }
}
