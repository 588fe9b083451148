using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Facts about element types.</summary>
public static class DTypes
{
    /// <summary>How many element types there are.</summary>
    public const int Count = (int)DType.Float64 + 1;

    // A plain array: what only looks up sizes does not load the assembly of immutable ones.
    private static readonly DType[] Every =
    [
        DType.Bool, DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32, DType.Float64,
    ];

    /// <summary>Every element type, in the order of <see cref="DType"/>.</summary>
    public static ImmutableArray<DType> All => ImmutableCollectionsMarshal.AsImmutableArray(Every);

    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType dtype)
    {
        ReadOnlySpan<byte> sizes = [1, 1, 1, 2, 4, 8, 2, 2, 4, 8]; // a look-up: every operation asks several times
        return (uint)dtype < (uint)sizes.Length ? sizes[(int)dtype] : throw Unknown(dtype);
    }

    /// <summary>PyTorch's name of the type: <c>float32</c>, <c>int64</c>, …</summary>
    public static string Name(this DType dtype) => dtype switch
    {
        DType.Bool => "bool",
        DType.UInt8 => "uint8",
        DType.Int8 => "int8",
        DType.Int16 => "int16",
        DType.Int32 => "int32",
        DType.Int64 => "int64",
        DType.Float16 => "float16",
        DType.BFloat16 => "bfloat16",
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        _ => throw Unknown(dtype),
    };

    /// <summary>True for float16, bfloat16, float32 and float64.</summary>
    public static bool IsFloatingPoint(this DType dtype) => dtype >= DType.Float16;

    /// <summary>True for the integers, signed or not; false for bool.</summary>
    public static bool IsInteger(this DType dtype) => dtype is >= DType.UInt8 and <= DType.Int64;

    /// <summary>The type that PyTorch computes and accumulates in: half types in float32, others in their own.</summary>
    public static DType Accumulator(this DType dtype) => dtype is DType.Float16 or DType.BFloat16 ? DType.Float32 : dtype;

    /// <summary>The element type that a C# type stands for.</summary>
    /// <exception cref="DTypeException">The C# type is not the representation of an element type.</exception>
    public static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(short)) return DType.Int16;
        if (typeof(T) == typeof(sbyte)) return DType.Int8;
        if (typeof(T) == typeof(byte)) return DType.UInt8;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        if (typeof(T) == typeof(Half)) return DType.Float16;
        if (typeof(T) == typeof(BFloat16)) return DType.BFloat16;
        throw new DTypeException("DTypes.Of", $"{typeof(T)} is not an element type; use bool, byte, sbyte, short, int, long, Half, BFloat16, float or double.");
    }

    /// <summary>Whether <typeparamref name="T"/> represents <paramref name="dtype"/> in memory.</summary>
    public static bool Is<T>(this DType dtype) where T : unmanaged => Of<T>() == dtype;

    /// <summary>The element type with PyTorch's name, as <see cref="Name"/> gives it.</summary>
    /// <exception cref="DTypeException">No element type has that name.</exception>
    public static DType Parse(string name)
    {
        foreach (var dtype in All)
            if (dtype.Name() == name)
                return dtype;
        throw new DTypeException("DTypes.Parse", $"'{name}' is not the name of an element type; known: {string.Join(", ", All.Select(Name))}.");
    }

    private static ArgumentOutOfRangeException Unknown(DType dtype) => new(nameof(dtype), dtype, "Not an element type.");
}
