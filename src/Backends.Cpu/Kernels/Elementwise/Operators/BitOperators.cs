using System.Numerics;

namespace Nabla;

/// <summary>Bits of integers; a bool is one bit.</summary>
internal static class BitOperators
{
    public readonly struct And : IBitwise
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T> => a & b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged => L.And(a, b);
    }

    public readonly struct Or : IBitwise
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T> => a | b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged => L.Or(a, b);
    }

    public readonly struct Xor : IBitwise
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T> => a ^ b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged => L.Xor(a, b);
    }

    /// <summary>0 when b is negative or not below the width: hardware would take b modulo the width.</summary>
    public readonly struct ShiftLeft : IIntegerBinary
    {
        public static unsafe T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
            b < T.Zero || b >= T.CreateTruncating(sizeof(T) * 8) ? T.Zero : a << int.CreateTruncating(b);
    }

    /// <summary>The sign alone when b is negative or not below the width.</summary>
    public readonly struct ShiftRight : IIntegerBinary
    {
        public static unsafe T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
            b < T.Zero || b >= T.CreateTruncating(sizeof(T) * 8) ? (T.IsNegative(a) ? ~T.Zero : T.Zero) : a >> int.CreateTruncating(b);
    }
}
