using System.Numerics;

namespace Nabla;

/// <summary>Bits of integers; a bool is one bit.</summary>
internal static class BitOperators
{
    public readonly struct And : IIntegerBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => a & b;
    }

    public readonly struct Or : IIntegerBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => a | b;
    }

    public readonly struct Xor : IIntegerBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => a ^ b;
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
