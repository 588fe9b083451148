using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>A device of its own, and short words for using it. Releases what it made.</summary>
internal sealed class Lab(OnnxOptions? options = null) : IDisposable
{
    private readonly List<Storage> _owned = [];

    public OnnxDevice Device { get; } = OnnxDevice.Create("onnx:cpu", options);

    public OnnxStatistics Statistics => Device.Statistics;

    public DeviceTensor Upload<T>(Shape shape, params T[] values) where T : unmanaged
    {
        var tensor = Own(Device.Allocate(new(DTypes.Of<T>(), shape)));
        Device.Upload(MemoryMarshal.AsBytes<T>(values), tensor);
        return tensor;
    }

    public DeviceTensor Vector<T>(params T[] values) where T : unmanaged => Upload([values.Length], values);

    public DeviceTensor Run(Op op, params DeviceTensor[] inputs) => Run(op, inputs, []);

    public DeviceTensor Run(Op op, DeviceTensor[] inputs, Scalar[] scalars) => Own(Dispatch.Execute(Device, op, inputs, scalars));

    public DeviceTensor Run(BinaryOp op, DeviceTensor input, Scalar scalar) => Run(op.With(ScalarSide.Right), [input], [scalar]);

    public void Into(DeviceTensor target, Op op, DeviceTensor[] inputs, Scalar[] scalars) => Dispatch.Execute(Device, op, inputs, scalars, target);

    public static DeviceTensor View(ViewOp op, DeviceTensor source) => Dispatch.View(op, source)!;

    public T[] Read<T>(DeviceTensor tensor) where T : unmanaged
    {
        Assert.Equal(DTypes.Of<T>(), tensor.DType);
        var result = new T[tensor.Shape.ElementCount];
        var dense = tensor.IsContiguous ? tensor : Run(CopyOp.Instance, tensor);
        Device.Download(dense, MemoryMarshal.AsBytes(result.AsSpan()));
        return result;
    }

    public void Evaluate(params DeviceTensor[] roots) => Device.Evaluate(roots);

    public DeviceTensor Own(DeviceTensor tensor)
    {
        _owned.Add(tensor.Storage);
        return tensor;
    }

    public void Free()
    {
        foreach (var storage in _owned)
            storage.Release();
        _owned.Clear();
    }

    public void Dispose()
    {
        Free();
        Device.Dispose();
    }
}
