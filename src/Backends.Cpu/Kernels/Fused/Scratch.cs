namespace Nabla;

/// <summary>Memory for the duration of a kernel, from the device's pool.</summary>
internal readonly unsafe ref struct Scratch
{
    private readonly DeviceTensor _tensor;

    public Scratch(CpuDevice device, long bytes)
    {
        _tensor = device.Allocate(new(DType.UInt8, [bytes]));
        Pointer = Operand.Host(_tensor);
    }

    public byte* Pointer { get; }

    public void Dispose() => _tensor.Storage.Release();
}
