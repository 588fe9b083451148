namespace Nabla;

/// <summary>A dense tensor of float32 or a half type that is read or written in pieces of float32.</summary>
internal readonly unsafe struct RowTensor(byte* origin, DType dtype)
{
    private readonly ElementType _type = ElementType.Of(dtype);

    public bool Converts => origin is not null && _type.Converts;

    /// <summary>Where element 0 of float32 is, or would be if the buffer, which gets the elements of a piece, held all of them.</summary>
    public float* Load(long start, nint count, float* buffer)
    {
        if (!Converts)
            return (float*)origin;
        _type.Load(At(start), _type.Size, (byte*)buffer, count);
        return buffer - start;
    }

    /// <summary>The same of a result: what will be stored.</summary>
    public float* Begin(long start, float* buffer) => Converts ? buffer - start : (float*)origin;

    /// <summary>Rounds what was written into the buffer.</summary>
    public void Store(long start, nint count, float* buffer)
    {
        if (Converts)
            _type.Store((byte*)buffer, At(start), _type.Size, count);
    }

    private byte* At(long element) => origin + (element * _type.Size);
}
