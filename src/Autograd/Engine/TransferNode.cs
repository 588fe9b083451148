using System.Buffers;

namespace Nabla;

/// <summary>A copy from one device to another: its gradient goes back the same way.</summary>
internal sealed class TransferNode(DeviceTensor source, Edge origin) : Node([origin])
{
    private readonly TensorSpec _spec = source.Spec;
    private readonly IDevice _device = source.Device;
    private readonly Edge _origin = origin;

    public override string Name => "to";

    public override ReadOnlySpan<Edge> Next => new(in _origin);

    public override TensorSpec OutputSpec(int output) => _spec;

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph) =>
        results[0] = gradients[0]?.To(DeviceHandles.Of(_device));

    /// <summary>A dense copy on another device, with one owner.</summary>
    public static DeviceTensor Copy(DeviceTensor from, IDevice to)
    {
        var dense = from.IsContiguous ? from : Dispatch.Execute(from.Device, CopyOp.Instance, [from], default);
        try
        {
            int length = checked((int)from.Spec.ByteLength);
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                var interceptor = Ambient.Current?.Interceptor;
                using var transfer = interceptor?.Transferring(from, to);
                from.Device.Download(dense, buffer.AsSpan(0, length));
                var copy = to.Allocate(from.Spec);
                to.Upload(buffer.AsSpan(0, length), copy);
                interceptor?.Transferred(from, copy);
                return copy;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        finally
        {
            if (dense != from)
                dense.Storage.Release();
        }
    }
}
