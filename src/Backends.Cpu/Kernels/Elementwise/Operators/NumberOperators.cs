using System.Numerics;

namespace Nabla;

/// <summary>Arithmetic with one formula for integers, which wrap, and floats.</summary>
internal static class NumberOperators
{
    public readonly struct Neg : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => unchecked(-x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Negate(x);
    }

    public readonly struct Abs : INumberUnary
    {
        // Not T.Abs: it throws for the most negative integer, which wraps here. 0 - x and not -x: |-0| is 0.
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> =>
            typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.Abs(x) : T.IsNegative(x) ? unchecked(T.Zero - x) : x;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Abs(x);
    }

    /// <summary>The larger of x and 0; NaN stays.</summary>
    public readonly struct Relu : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => T.Max(x, T.Zero);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Max(x, L.Create(T.Zero));
    }

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public readonly struct Sign : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> =>
            x > T.Zero ? T.One : x < T.Zero ? unchecked(T.Zero - T.One) : T.Zero;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Select(
                L.LessThan(L.Create(T.Zero), x), L.Create(T.One),
                L.Select(L.LessThan(x, L.Create(T.Zero)), L.Create(unchecked(T.Zero - T.One)), L.Create(T.Zero)));
    }

    public readonly struct Add : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a + b);

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Add(a, b);
    }

    public readonly struct Sub : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a - b);

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Subtract(a, b);
    }

    public readonly struct Mul : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a * b);

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Multiply(a, b);
    }

    /// <summary>NaN if either is.</summary>
    public readonly struct Maximum : INumberChoice
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.Max(a, b);

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Max(a, b);

        public static V Native<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.MaxNative(a, b);
    }

    /// <summary>NaN if either is.</summary>
    public readonly struct Minimum : INumberChoice
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.Min(a, b);

        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Min(a, b);

        public static V Native<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.MinNative(a, b);
    }
}
