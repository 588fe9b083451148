namespace Nabla;

/// <summary>How elements of one type are brought into the contiguous buffers that rows compute on, and back.</summary>
internal sealed unsafe class ElementType
{
    private static readonly ElementType?[] Known = new ElementType?[DTypes.Count]; // made when first used: a program meets few of them

    private ElementType(
        int size, int computeSize, delegate*<byte*, nint, byte*, nint, void> load, delegate*<byte*, byte*, nint, nint, void> store,
        delegate*<byte*, nint, nint, byte*, nint, nint, nint, nint, void> move)
    {
        Size = size;
        ComputeSize = computeSize;
        Converts = size != computeSize;
        Load = load;
        Store = store;
        Move = move;
    }

    /// <summary>Bytes in memory.</summary>
    public int Size { get; }

    /// <summary>Bytes in a buffer.</summary>
    public int ComputeSize { get; }

    /// <summary>Whether rows compute in another type than memory holds.</summary>
    public bool Converts { get; }

    /// <summary>Source, its stride in bytes, buffer, count.</summary>
    public delegate*<byte*, nint, byte*, nint, void> Load { get; }

    /// <summary>Buffer, destination, its stride in bytes, count.</summary>
    public delegate*<byte*, byte*, nint, nint, void> Store { get; }

    /// <summary>Moves elements as they are in memory, two dimensions at once: see <see cref="Tiles.Move{T}"/>.</summary>
    public delegate*<byte*, nint, nint, byte*, nint, nint, nint, nint, void> Move { get; }

    public static ElementType Of(DType dtype) => Known[(int)dtype] ??= Create(dtype);

    /// <summary>Elements that are only moved: half types stay as they are.</summary>
    public static ElementType Bits(DType dtype) => Of(dtype.Size() switch
    {
        1 => DType.UInt8,
        2 => DType.Int16,
        4 => DType.Int32,
        _ => DType.Int64,
    });

    private static ElementType Create(DType dtype) => dtype switch
    {
        DType.Float16 => Half<HalfConversions.HalfFormat>(),
        DType.BFloat16 => Half<HalfConversions.BFloat16Format>(),
        _ => dtype.VisitBits<Plain, ElementType>(default),
    };

    private static ElementType Half<TFormat>() where TFormat : struct, HalfConversions.IFormat => new(
        2, 4, &HalfConversions.Load<TFormat>, &HalfConversions.Store<TFormat>, &Tiles.Move<ushort>);

    private readonly struct Plain : ISizeVisitor<ElementType>
    {
        ElementType ISizeVisitor<ElementType>.Bits<T>() => new(
            sizeof(T), sizeof(T), &StridedMoves.Load<T>, &StridedMoves.Store<T>, &Tiles.Move<T>);
    }
}
