using System.Buffers;

namespace Nabla;

/// <summary>A copy from one device to another: its gradient goes back the same way.</summary>
internal sealed class TransferNode(DeviceTensor source, Edge origin) : Node([new(source.Spec, origin)])
{
    /// <summary>How many bytes go over at once: a large tensor needs no buffer of its size, and may be larger than an array.</summary>
    public const int Chunk = 1 << 24;

    private readonly IDevice _device = source.Device;
    private readonly GraphValue _source = new(source.Spec, origin);

    public override string Name => "to";

    public override ReadOnlySpan<GraphValue> Inputs => new(in _source);

    public override TensorSpec OutputSpec(int output) => _source.Spec;

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph, bool claimed) =>
        results[0] = gradients[0]?.To(DeviceHandles.Of(_device));

    /// <summary>A dense copy on another device, with one owner.</summary>
    public static DeviceTensor Copy(DeviceTensor from, IDevice to)
    {
        var dense = from.IsContiguous ? from : Dispatch.Execute(from.Device, CopyOp.Instance, [from], default);
        try
        {
            var interceptor = Ambient.Current?.Interceptor;
            using var transfer = interceptor?.Transferring(from, to);
            var copy = to.Allocate(from.Spec);
            try
            {
                CopyBytes(dense, copy, to);
                interceptor?.Transferred(from, copy);
                return copy;
            }
            catch
            {
                copy.Storage.Release();
                throw;
            }
        }
        finally
        {
            if (dense != from)
                dense.Storage.Release();
        }
    }

    private static void CopyBytes(DeviceTensor from, DeviceTensor copy, IDevice to)
    {
        long length = from.Spec.ByteLength;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Chunk));
        try
        {
            for (long start = 0; start < length; start += Chunk)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(length - start, Chunk));
                from.Device.Download(from, part, start);
                to.Upload(part, copy, start);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
