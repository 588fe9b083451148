namespace Nabla;

public sealed partial class OnnxDevice
{
    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0)
    {
        ThrowIfDisposed();
        var storage = Own(destination, "Upload");
        long start = Start(destination, byteOffset, source.Length, "Upload");
        if (storage.TryOverwrite(source, start))
            return;
        // Somebody else reads the value, or it is not computed: the storage gets another one.
        using var recorder = new Recorder(this);
        var old = recorder.Own(storage.Read());
        bool whole = start == 0 && source.Length == old.Spec.ByteLength;
        if (!whole)
            Evaluate([old], CancellationToken.None);
        var buffer = _memory.Rent(old.Spec.ByteLength);
        if (!whole)
            old.Buffer!.Span(0, (int)old.Spec.ByteLength).CopyTo(buffer.Span(0, (int)old.Spec.ByteLength));
        source.CopyTo(buffer.Span(start, source.Length));
        storage.Write(RecordedValue.Computed(old.Spec, buffer));
    }

    /// <inheritdoc/>
    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0) =>
        Download(source, destination, byteOffset, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        source.Storage.Retain();
        try
        {
            await Task.Run(() => Download(source, destination.Span, 0, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            source.Storage.Release();
        }
    }

    private void Download(DeviceTensor source, Span<byte> destination, long byteOffset, CancellationToken cancellation)
    {
        ThrowIfDisposed();
        using var recorder = new Recorder(this);
        long start = Start(source, byteOffset, destination.Length, "Download");
        var value = recorder.Own(Own(source, "Download").Read());
        Evaluate([value], cancellation);
        value.Buffer!.Span(start, destination.Length).CopyTo(destination);
    }

    private static long Start(DeviceTensor tensor, long byteOffset, int length, string operation)
    {
        if (!tensor.IsContiguous || byteOffset < 0 || byteOffset + length > tensor.Spec.ByteLength)
            throw new TensorArgumentException(operation, $"bytes {byteOffset} to {byteOffset + length} are not those of a dense {tensor.Spec}.");
        return (tensor.Layout.Offset * tensor.DType.Size()) + byteOffset;
    }
}
