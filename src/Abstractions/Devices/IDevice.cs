namespace Nabla;

/// <summary>
/// The contract of a device plugin. Hosts use <see cref="Device"/>. Every member is thread-safe.
/// </summary>
public interface IDevice : IDisposable
{
    /// <summary>The device's name. Identity is the instance: two hosts may each have a <c>cpu</c>.</summary>
    DeviceId Id { get; }

    /// <summary>What kind of device this is.</summary>
    DeviceTraits Traits { get; }

    /// <summary>Its memory.</summary>
    IMemoryPool Memory { get; }

    /// <summary>
    /// Whether <see cref="Execute"/> takes this composite itself for such inputs. Pure: the same answer for the same question. When false,
    /// the engine decomposes it.
    /// </summary>
    bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs);

    /// <summary>The capability table: null where the primitive works for inputs of the element type, else why not.</summary>
    Gap? Missing(OpKind kind, DType dtype);

    /// <summary>
    /// Executes or records a primitive, or a composite that it claims. The specs are inferred and checked already; the inputs may have
    /// any layout. Outputs that have no target in <see cref="OpCall.Into"/> are allocated: dense, with one owner, the caller. Never
    /// returns an alias of an input, never keeps a span.
    /// </summary>
    void Execute(in OpCall call, Span<DeviceTensor> outputs);

    /// <summary>A dense tensor with arbitrary contents and one owner, the caller.</summary>
    /// <exception cref="DeviceOutOfMemoryException">It does not fit.</exception>
    DeviceTensor Allocate(in TensorSpec spec);

    /// <summary>Copies bytes into the storage of a dense tensor, <paramref name="byteOffset"/> behind its first element.</summary>
    void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0);

    /// <summary>Copies bytes of a dense tensor to the host, from <paramref name="byteOffset"/> behind its first element; waits for the values.</summary>
    void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0);

    /// <summary>As <see cref="Download"/>, without blocking the caller while the device works.</summary>
    ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken);

    /// <summary>On a deferred device: computes exactly these values now, together. On others there is nothing to do.</summary>
    void Evaluate(ReadOnlySpan<DeviceTensor> roots);

    /// <summary>Waits until everything that was asked for is done; reports what failed.</summary>
    void Synchronize();
}
