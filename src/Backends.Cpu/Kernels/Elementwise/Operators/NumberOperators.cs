using System.Numerics;

namespace Nabla;

/// <summary>Arithmetic with one formula for integers, which wrap, and floats.</summary>
internal static class NumberOperators
{
    public readonly struct Neg : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => unchecked(-x);
    }

    public readonly struct Abs : INumberUnary
    {
        // Not T.Abs: it throws for the most negative integer, which wraps here. 0 - x and not -x: |-0| is 0.
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> =>
            typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.Abs(x) : T.IsNegative(x) ? unchecked(T.Zero - x) : x;
    }

    public readonly struct Sign : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> =>
            x > T.Zero ? T.One : x < T.Zero ? unchecked(T.Zero - T.One) : T.IsNaN(x) ? x : T.Zero;
    }

    public readonly struct Add : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a + b);
    }

    public readonly struct Sub : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a - b);
    }

    public readonly struct Mul : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => unchecked(a * b);
    }

    /// <summary>NaN if either is.</summary>
    public readonly struct Maximum : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.Max(a, b);
    }

    /// <summary>NaN if either is.</summary>
    public readonly struct Minimum : INumberBinary
    {
        public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> => T.Min(a, b);
    }
}
