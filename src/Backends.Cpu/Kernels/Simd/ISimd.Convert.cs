namespace Nabla;

/// <content>Between memory of one element type and lanes of another.</content>
internal unsafe partial interface ISimd<V, T>
{
    /// <summary>Bytes to a mask: lane i has all bits where byte i is not 0.</summary>
    static abstract V LoadMask(byte* source);

    /// <summary>A mask to bytes of 0 and 1.</summary>
    static abstract void StoreMask(byte* destination, V mask);

    // What follows is of 32-bit lanes: as many elements as there are floats in a vector.

    /// <summary>To int32 bits.</summary>
    static abstract V LoadUInt8(byte* source);

    /// <summary>To int32 bits.</summary>
    static abstract V LoadInt8(sbyte* source);

    /// <summary>To int32 bits.</summary>
    static abstract V LoadUInt16(ushort* source);

    /// <summary>To int32 bits.</summary>
    static abstract V LoadInt16(short* source);

    /// <summary>The low halves, as int32 bits, and whether they are the whole values.</summary>
    static abstract bool LoadInt64(long* source, out V low);

    /// <summary>To float32.</summary>
    static abstract V LoadDouble(double* source);

    /// <summary>Truncated to int32 bits, and whether every element is in the range of int32.</summary>
    static abstract bool TruncateDouble(double* source, out V truncated);

    /// <summary>The low bytes of int32 bits.</summary>
    static abstract void StoreInt8(byte* destination, V value);

    /// <summary>The low halves of int32 bits.</summary>
    static abstract void StoreInt16(ushort* destination, V value);

    /// <summary>Int32 bits, the sign extended.</summary>
    static abstract void StoreInt64(long* destination, V value);

    /// <summary>Float32 as float64.</summary>
    static abstract void StoreDouble(double* destination, V value);

    /// <summary>The lower half of float32 lanes as float64 bits.</summary>
    static abstract V WidenLower(V x);

    /// <summary>The upper half of float32 lanes as float64 bits.</summary>
    static abstract V WidenUpper(V x);

    /// <summary>Of float64 bits.</summary>
    static abstract V AddDouble(V x, V y);

    /// <summary>The sum of float64 bits, in an order fixed for the width.</summary>
    static abstract double SumDouble(V x);

    /// <summary>The value of int32 bits.</summary>
    static abstract void StoreInt32AsDouble(double* destination, V value);
}
