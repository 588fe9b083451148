namespace Nabla;

/// <summary>
/// The operations of one vector width, so that an operator is written once for all. <typeparamref name="V"/> is the bare hardware vector: a
/// wrapping struct would not reliably stay in registers.
/// </summary>
internal unsafe partial interface ISimd<V, T> where V : struct where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    static abstract V Load(T* source);
    static abstract void Store(T* destination, V value);

    /// <summary>Stores past the caches, where a vector is aligned: see <see cref="StreamedStores"/>.</summary>
    static abstract void Stream(T* destination, V value);
    static abstract V Create(T value);

    static abstract V Add(V x, V y);
    static abstract V Subtract(V x, V y);
    static abstract V Multiply(V x, V y);
    static abstract V Divide(V x, V y);
    static abstract V Negate(V x);
    static abstract V Abs(V x);
    static abstract V Sqrt(V x);
    static abstract V Floor(V x);
    static abstract V Ceiling(V x);

    /// <summary>Halves to even.</summary>
    static abstract V Round(V x);
    static abstract V Truncate(V x);

    /// <summary>x * y + z, fused where the hardware fuses.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);

    /// <summary>NaN if either is.</summary>
    static abstract V Max(V x, V y);

    /// <summary>NaN if either is.</summary>
    static abstract V Min(V x, V y);

    /// <summary>One instruction: y where x is NaN, on x86.</summary>
    static abstract V MaxNative(V x, V y);

    /// <summary>One instruction: y where x is NaN, on x86.</summary>
    static abstract V MinNative(V x, V y);

    /// <summary>Whether there is <see cref="Scale"/>.</summary>
    static abstract bool HasScale { get; }

    /// <summary>x 2^n of floats, n whole: rounded once where it is subnormal, infinite where it is too large. One instruction.</summary>
    static abstract V Scale(V x, V n);

    static abstract V And(V x, V y);
    static abstract V Or(V x, V y);
    static abstract V Xor(V x, V y);
    static abstract V Not(V x);

    static abstract V Equal(V x, V y);
    static abstract V LessThan(V x, V y);
    static abstract V LessThanOrEqual(V x, V y);
    static abstract V Select(V mask, V ifTrue, V ifFalse);

    /// <summary>Bit i is the highest bit of lane i: of a mask, whether it is set.</summary>
    static abstract ulong Bits(V mask);

    /// <summary>The sum of the lanes, in an order fixed for the width.</summary>
    static abstract T Sum(V x);

    // What follows treats the bits of float32 lanes as int32.

    /// <summary>Truncates to int32, as bits.</summary>
    static abstract V ToInt32(V x);

    /// <summary>The float32 value of int32 bits.</summary>
    static abstract V FromInt32(V x);
    static abstract V AddInt32(V x, V y);
    static abstract V SubtractInt32(V x, V y);
    static abstract V ShiftLeft32(V x, int count);
    static abstract V ShiftRight32(V x, int count);
    static abstract V CreateInt32(int value);
}
