namespace Nabla;

/// <summary>
/// A storage of the recording device: a variable that holds an immutable value. A write puts another value in its place.
/// </summary>
internal sealed class OnnxStorage : Storage
{
    private readonly Lock _gate = new();
    private readonly string _device;
    private RecordedValue? _value;

    /// <summary>Takes over the caller's ownership of the value.</summary>
    public OnnxStorage(OnnxDevice device, RecordedValue value)
        : base(device)
    {
        _device = device.Id.Text;
        _value = value;
        ByteLength = value.Spec.ByteLength;
    }

    /// <inheritdoc/>
    public override long ByteLength { get; }

    /// <summary>The value, with an owner more: the caller.</summary>
    public RecordedValue Read()
    {
        lock (_gate)
        {
            var value = _value ?? throw new MemoryAccessException(_device, "a tensor was used after its last owner released it; keep the tensor until the call returns.");
            value.Retain();
            return value;
        }
    }

    /// <summary>Replaces the value; takes over the caller's ownership of the new one.</summary>
    public void Write(RecordedValue value)
    {
        RecordedValue? old;
        lock (_gate)
            (old, _value) = (_value, value);
        old?.Release();
    }

    /// <summary>Writes into the buffer itself where nobody else reads it; false where somebody may.</summary>
    public bool TryOverwrite(ReadOnlySpan<byte> source, long start)
    {
        lock (_gate)
        {
            if (_value is not { IsUnique: true, Buffer: { } buffer })
                return false;
            source.CopyTo(buffer.Span(start, source.Length));
            return true;
        }
    }

    /// <inheritdoc/>
    protected override void OnReleased()
    {
        RecordedValue? old;
        lock (_gate)
            (old, _value) = (_value, null);
        old?.Release();
    }
}

internal static class HostStorageSpan
{
    /// <summary>Part of the bytes. Valid while the caller holds an owner.</summary>
    public static unsafe Span<byte> Span(this HostStorage storage, long start, int length) => new(storage.Pointer + start, length);
}
