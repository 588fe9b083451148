namespace Nabla;

/// <summary>Memory for the duration of a kernel, from the device's pool.</summary>
internal readonly unsafe ref struct Scratch
{
    private readonly HostStorage? _storage;

    public Scratch(CpuDevice device, long bytes)
    {
        _storage = device.Rent(bytes);
        Pointer = _storage.Pointer;
    }

    public byte* Pointer { get; }

    public void Dispose() => _storage?.Release();
}
