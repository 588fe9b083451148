using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The operations of one vector width, so that an operator is written once for all.</summary>
internal unsafe partial interface ISimd<V, T> : ILanes<V, T> where V : struct where T : unmanaged
{
    /// <summary>Stores past the caches, where a vector is aligned: see <see cref="StreamedStores"/>.</summary>
    static abstract void Stream(T* destination, V value);
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

    /// <summary>NaN if either is.</summary>
    static abstract V Max(V x, V y);

    /// <summary>NaN if either is.</summary>
    static abstract V Min(V x, V y);

    /// <summary>
    /// One instruction. Where y is NaN, so is the result. Where x alone is NaN, it is y on x86 and NaN on ARM: callers rely on neither.
    /// </summary>
    static abstract V MaxNative(V x, V y);

    /// <summary>One instruction. NaN as of <see cref="MaxNative"/>.</summary>
    static abstract V MinNative(V x, V y);

    /// <summary>Whether there is <see cref="Scale"/>.</summary>
    static abstract bool HasScale { get; }

    /// <summary>x 2^n of floats, n whole: rounded once where it is subnormal, infinite where it is too large. One instruction.</summary>
    static abstract V Scale(V x, V n);

    /// <summary>Whether there are <see cref="Lookup(Vector512{float}, V)"/> and its other form: a vector of float32 holds sixteen.</summary>
    static abstract bool HasLookup { get; }

    /// <summary>Of sixteen float32 those that the lowest four bits of each index tell. One instruction.</summary>
    static abstract V Lookup(Vector512<float> table, V index);

    /// <summary>Of thirty-two float32, in two halves, those that the lowest five bits of each index tell. One instruction.</summary>
    static abstract V Lookup(Vector512<float> low, Vector512<float> high, V index);

    /// <summary>Whether there are <see cref="Mantissa"/>, <see cref="Exponent"/> and <see cref="Replace"/>.</summary>
    static abstract bool HasParts { get; }

    /// <summary>|x| times the power of two that brings it between 0.75 and 1.5. One instruction.</summary>
    static abstract V Mantissa(V x);

    /// <summary>The logarithm of |x| to base 2, rounded down, subnormal or not. One instruction.</summary>
    static abstract V Exponent(V x);

    /// <summary>
    /// y, or what four bits of <paramref name="rule"/> tell for the kind of x: from the lowest on NaN, signaling NaN, 0, 1, minus infinity, infinity, negative, positive;
    /// 0 leaves y, 2 gives x, 3 NaN, 4 minus infinity, 5 infinity. One instruction.
    /// </summary>
    static abstract V Replace(V y, V x, uint rule);

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
