using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>Short forms: tensors from arrays and back, operations, views.</summary>
internal static class Host
{
    public static DeviceTensor From<T>(this IDevice device, T[] values, params long[] dims) where T : unmanaged
    {
        var tensor = device.Allocate(new TensorSpec(DTypes.Of<T>(), Shape.Create(dims)));
        device.Upload(MemoryMarshal.AsBytes<T>(values), tensor);
        return tensor;
    }

    public static T[] Read<T>(this DeviceTensor tensor) where T : unmanaged
    {
        Assert.Equal(DTypes.Of<T>(), tensor.DType);
        var dense = tensor.IsContiguous ? tensor : tensor.Device.Run(CopyOp.Instance, tensor);
        var values = new T[tensor.Shape.ElementCount];
        tensor.Device.Download(dense, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static DeviceTensor Run(this IDevice device, Op op, params DeviceTensor[] inputs) => Dispatch.Execute(device, op, inputs, default);

    public static DeviceTensor Run(this IDevice device, Op op, DeviceTensor[] inputs, params Scalar[] scalars) => Dispatch.Execute(device, op, inputs, scalars);

    public static DeviceTensor View(this DeviceTensor tensor, ViewOp op) => Dispatch.View(op, tensor)!;

    public static DeviceTensor Permute(this DeviceTensor tensor, params int[] order) => tensor.View(new PermuteOp(ValueArray.Create<int>(order)));

    public static DeviceTensor Slice(this DeviceTensor tensor, int axis, long start, long size, long step = 1) =>
        tensor.View(SliceOp.Along(tensor.Shape, axis, start, size, step));

    public static DeviceTensor Expand(this DeviceTensor tensor, params long[] dims) => tensor.View(new ExpandOp(Shape.Create(dims)));

    public static float[] Range(int count, float start = 0, float step = 1) => [.. Enumerable.Range(0, count).Select(i => start + (i * step))];
}
