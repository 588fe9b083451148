using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>Short forms for tests: a device, tensors from arrays, arrays from tensors.</summary>
internal static class Cpu
{
    /// <summary>Tests do not release what they make: the collector takes its memory back, but the leases stay, and no limit must stand in their way.</summary>
    public static CpuDevice Device { get; } = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = 1 << 20 });

    public static DeviceTensor Tensor<T>(T[] values, params ReadOnlySpan<long> shape) where T : unmanaged => Tensor(Device, values, shape);

    public static DeviceTensor Tensor<T>(CpuDevice device, T[] values, ReadOnlySpan<long> shape) where T : unmanaged
    {
        var tensor = device.Allocate(new(DTypes.Of<T>(), shape.IsEmpty ? [values.Length] : Shape.Create(shape)));
        device.Upload(MemoryMarshal.AsBytes(values.AsSpan()), tensor);
        return tensor;
    }

    public static T[] Read<T>(DeviceTensor tensor) where T : unmanaged
    {
        Assert.Equal(DTypes.Of<T>(), tensor.DType);
        var dense = tensor.IsContiguous ? tensor : Run(CopyOp.Instance, tensor);
        var values = new T[tensor.Shape.ElementCount];
        Device.Download(dense, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static DeviceTensor Run(Op op, params ReadOnlySpan<DeviceTensor> inputs) => Dispatch.Execute(Device, op, inputs, default);

    public static DeviceTensor Run(Op op, DeviceTensor[] inputs, params Scalar[] scalars) => Dispatch.Execute(Device, op, inputs, scalars);

    public static DeviceTensor Into(DeviceTensor target, Op op, DeviceTensor[] inputs, params Scalar[] scalars) =>
        Dispatch.Execute(Device, op, inputs, scalars, target);

    public static DeviceTensor View(ViewOp op, DeviceTensor source) => Dispatch.View(op, source)!;

    public static DeviceTensor Cast(DeviceTensor tensor, DType dtype) => Run(new CastOp(dtype), tensor);
}
