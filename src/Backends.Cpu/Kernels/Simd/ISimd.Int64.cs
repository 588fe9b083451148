namespace Nabla;

/// <content>The bits of 64-bit lanes as int64.</content>
internal unsafe partial interface ISimd<V, T>
{
    static abstract V AddInt64(V x, V y);
    static abstract V SubtractInt64(V x, V y);
    static abstract V ShiftLeft64(V x, int count);

    /// <summary>Zeros come in.</summary>
    static abstract V ShiftRight64(V x, int count);
    static abstract V CreateInt64(long value);

    /// <summary>The whole products of the low halves of lanes, as uint32.</summary>
    static abstract V MultiplyUInt32(V x, V y);
}
