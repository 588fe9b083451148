namespace Nabla;

/// <content>Element types of results.</content>
public sealed partial class Tensor
{
    /// <summary>The element type of the sum of two tensors. PyTorch: <c>torch.result_type</c>.</summary>
    public static DType ResultType(Tensor a, Tensor b) => Promotion.Result(a, b);

    /// <summary>The element type of the sum of a tensor and a number. PyTorch: <c>torch.result_type</c>.</summary>
    public static DType ResultType(Tensor a, Scalar b) => Promotion.Result(a, b);
}
