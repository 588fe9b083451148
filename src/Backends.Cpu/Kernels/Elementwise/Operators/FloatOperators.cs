using System.Numerics;

namespace Nabla;

/// <summary>Functions of one float.</summary>
internal static class FloatOperators
{
    public readonly struct Floor : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Floor(x);
    }

    public readonly struct Ceil : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Ceiling(x);
    }

    /// <summary>Halves to even.</summary>
    public readonly struct Round : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Round(x);
    }

    public readonly struct Trunc : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Truncate(x);
    }

    public readonly struct Exp : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Exp(x);
    }

    public readonly struct Exp2 : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Exp2(x);
    }

    public readonly struct Expm1 : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Expm1(double.CreateTruncating(x)));
    }

    public readonly struct Log : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log(x);
    }

    public readonly struct Log2 : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Base2(x);

        // Two interfaces of a float have a Log2: this picks one.
        private static T Base2<T>(T x) where T : ILogarithmicFunctions<T> => T.Log2(x);
    }

    public readonly struct Log10 : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log10(x);
    }

    public readonly struct Log1p : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Log1p(double.CreateTruncating(x)));
    }

    public readonly struct Sqrt : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sqrt(x);
    }

    public readonly struct Rsqrt : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / T.Sqrt(x);
    }

    public readonly struct Reciprocal : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / x;
    }

    public readonly struct Sin : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sin(x);
    }

    public readonly struct Cos : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cos(x);
    }

    public readonly struct Tan : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tan(x);
    }

    public readonly struct Asin : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asin(x);
    }

    public readonly struct Acos : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acos(x);
    }

    public readonly struct Atan : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atan(x);
    }

    public readonly struct Sinh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sinh(x);
    }

    public readonly struct Cosh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cosh(x);
    }

    public readonly struct Tanh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tanh(x);
    }

    public readonly struct Asinh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asinh(x);
    }

    public readonly struct Acosh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acosh(x);
    }

    public readonly struct Atanh : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atanh(x);
    }

    public readonly struct Sigmoid : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));
    }

    public readonly struct Erf : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erf(double.CreateTruncating(x)));
    }

    public readonly struct Erfc : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfc(double.CreateTruncating(x)));
    }

    public readonly struct Erfinv : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfinv(double.CreateTruncating(x)));
    }

    public readonly struct Lgamma : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.LogGamma(double.CreateTruncating(x)));
    }

    public readonly struct Digamma : IFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Digamma(double.CreateTruncating(x)));
    }
}
