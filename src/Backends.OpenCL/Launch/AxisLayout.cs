namespace Nabla;

/// <summary>Looks at tensors around one dimension.</summary>
internal static class AxisLayout
{
    /// <summary>The tensor as one of the given shape whose step along the axis is 0: where its lines start. The shape is no larger elsewhere.</summary>
    public static DeviceTensor Without(DeviceTensor tensor, int axis, Shape shape)
    {
        Span<long> steps = stackalloc long[shape.Rank];
        for (int d = 0; d < steps.Length; d++)
            steps[d] = d == axis ? 0 : tensor.Layout.Strides[d];
        return new DeviceTensor(new TensorSpec(tensor.DType, shape), tensor.Layout with { Strides = Strides.Create(steps) }, tensor.Storage);
    }
}
