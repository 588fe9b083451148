using System.Numerics;

namespace Nabla;

/// <summary>Relations and properties; of NaN, "differs", "is NaN" and "is not zero" are true, and no other.</summary>
internal static class ComparisonOperators
{
    public readonly struct Eq : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a == b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Equal(a, b);
    }

    public readonly struct Ne : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a != b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Not(L.Equal(a, b));
    }

    public readonly struct Lt : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a < b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.LessThan(a, b);
    }

    public readonly struct Le : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a <= b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.LessThanOrEqual(a, b);
    }

    public readonly struct Gt : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a > b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.LessThan(b, a);
    }

    public readonly struct Ge : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a >= b;

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.LessThanOrEqual(b, a);
    }

    public readonly struct IsNaN : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => T.IsNaN(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Not(L.Equal(x, x));
    }

    public readonly struct IsInf : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => T.IsInfinity(x);

        // Only floats have an infinity.
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            typeof(T) == typeof(float) || typeof(T) == typeof(double)
                ? L.Equal(L.Abs(x), L.Create(T.CreateTruncating(double.PositiveInfinity)))
                : L.Not(L.Equal(x, x));
    }

    public readonly struct IsZero : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => x == T.Zero;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Equal(x, L.Create(T.Zero));
    }

    /// <summary>What becomes true as a bool.</summary>
    public readonly struct IsNotZero : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => x != T.Zero;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Not(L.Equal(x, L.Create(T.Zero)));
    }
}
