namespace Nabla;

/// <summary>A dense tensor that is read or written in pieces of <typeparamref name="T"/>: of that type, or, where it is float32, of a half type.</summary>
internal readonly unsafe struct RowTensor<T>(byte* origin, DType dtype) where T : unmanaged
{
    private readonly ElementType _type = ElementType.Of(dtype);

    public bool Converts => origin is not null && _type.Converts;

    /// <summary>Where element 0 is, or would be if the buffer, which gets the elements of a piece, held all of them.</summary>
    public T* Load(long start, nint count, T* buffer)
    {
        if (!Converts)
            return (T*)origin;
        _type.Load(At(start), _type.Size, (byte*)buffer, count);
        return buffer - start;
    }

    /// <summary>The same of a result: what will be stored.</summary>
    public T* Begin(long start, T* buffer) => Converts ? buffer - start : (T*)origin;

    /// <summary>Rounds what was written into the buffer.</summary>
    public void Store(long start, nint count, T* buffer)
    {
        if (Converts)
            _type.Store((byte*)buffer, At(start), _type.Size, count);
    }

    private byte* At(long element) => origin + (element * _type.Size);
}
