using System.Numerics;

namespace Nabla;

/// <summary>Relations and properties; every one but "differs" is false of NaN.</summary>
internal static class ComparisonOperators
{
    public readonly struct Eq : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a == b;
    }

    public readonly struct Ne : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a != b;
    }

    public readonly struct Lt : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a < b;
    }

    public readonly struct Le : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a <= b;
    }

    public readonly struct Gt : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a > b;
    }

    public readonly struct Ge : IComparison
    {
        public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a >= b;
    }

    public readonly struct IsNaN : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => T.IsNaN(x);
    }

    public readonly struct IsInf : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => T.IsInfinity(x);
    }

    public readonly struct IsZero : INumberTest
    {
        public static bool Apply<T>(T x) where T : unmanaged, INumber<T> => x == T.Zero;
    }
}
