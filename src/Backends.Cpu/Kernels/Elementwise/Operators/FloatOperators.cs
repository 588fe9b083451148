using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Functions of one float.</summary>
internal static class FloatOperators
{
    public readonly struct Floor : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Floor(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Floor(x);
    }

    public readonly struct Ceil : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Ceiling(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Ceiling(x);
    }

    /// <summary>Halves to even.</summary>
    public readonly struct Round : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Round(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Round(x);
    }

    public readonly struct Trunc : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Truncate(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Truncate(x);
    }

    /// <summary>x - trunc(x)</summary>
    public readonly struct Frac : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x - T.Truncate(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Subtract(x, L.Truncate(x));
    }

    public readonly struct Exp : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Exp(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Exp(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Exp(x);
    }

    public readonly struct Exp2 : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Exp2(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Exp2(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Exp2(x);
    }

    public readonly struct Expm1 : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Expm1(double.CreateTruncating(x)));

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Expm1(x);
    }

    public readonly struct Log : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Log(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Log(x);
    }

    public readonly struct Log2 : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Base2(x);

        // Two interfaces of a float have a Log2: this picks one.
        private static T Base2<T>(T x) where T : ILogarithmicFunctions<T> => T.Log2(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Log2(x);
    }

    public readonly struct Log10 : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log10(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => L.Multiply(SimdMath64<V, L>.Log(x), L.Create(0.4342944819032518));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Log10(x);
    }

    public readonly struct Log1p : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Log1p(double.CreateTruncating(x)));

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Log1p(x);
    }

    public readonly struct Sqrt : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sqrt(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Sqrt(x);
    }

    public readonly struct Rsqrt : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / T.Sqrt(x);

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Divide(L.Create(T.One), L.Sqrt(x));
    }

    public readonly struct Reciprocal : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / x;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Divide(L.Create(T.One), x);
    }

    public readonly struct Sin : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sin(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> =>
            LargeAngles.Repair<V, L, float, Sin>(x, SimdMath<V, L>.Sin(x), SimdMath<V, L>.LargestAngle);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> =>
            LargeAngles.Repair<V, L, double, Sin>(x, SimdMath64<V, L>.Sin(x), SimdMath64<V, L>.LargestAngle);
    }

    public readonly struct Cos : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cos(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> =>
            LargeAngles.Repair<V, L, float, Cos>(x, SimdMath<V, L>.Cos(x), SimdMath<V, L>.LargestAngle);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> =>
            LargeAngles.Repair<V, L, double, Cos>(x, SimdMath64<V, L>.Cos(x), SimdMath64<V, L>.LargestAngle);
    }

    public readonly struct Tan : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> =>
            LargeAngles.Repair<V, L, double, Tan>(x, SimdMath64<V, L>.TanSingle(x), SimdMath64<V, L>.LargestAngle);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> =>
            LargeAngles.Repair<V, L, double, Tan>(x, SimdMath64<V, L>.TanExact(x), SimdMath64<V, L>.LargestAngle);
    }

    public readonly struct Asin : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asin(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Asin(x);
    }

    public readonly struct Acos : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acos(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Acos(x);
    }

    public readonly struct Atan : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Atan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.AtanExact(x);
    }

    public readonly struct Sinh : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sinh(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Sinh(x);
    }

    public readonly struct Cosh : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cosh(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Cosh(x);
    }

    public readonly struct Tanh : IFloat64Unary
    {
        public static void Prepare()
        {
            if (WideVectors.Have512) // narrower vectors have no table
                RuntimeHelpers.RunClassConstructor(typeof(TanhTable).TypeHandle);
        }

        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tanh(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Tanh(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Tanh(x);
    }

    public readonly struct Asinh : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asinh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Asinh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.AsinhExact(x);
    }

    public readonly struct Acosh : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acosh(x);

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Acosh(x);
    }

    public readonly struct Atanh : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Atanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.AtanhExact(x);
    }

    public readonly struct Sigmoid : IFloat64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var e = T.Exp(-T.Abs(x)); // at most 1: small results keep their digits
            return (x < T.Zero ? e : T.One) / (T.One + e);
        }

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Sigmoid(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Sigmoid(x);
    }

    public readonly struct Erf : IFloat64Unary
    {
        public static void Prepare()
        {
            if (WideVectors.Have512) // narrower vectors have no table
                RuntimeHelpers.RunClassConstructor(typeof(ErfTable).TypeHandle);
        }

        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erf(double.CreateTruncating(x)));

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Erf(x);

        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Erf(x);
    }

    public readonly struct Erfc : IWide64Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfc(double.CreateTruncating(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Erfc(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply64<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.ErfcExact(x);
    }

    public readonly struct Erfinv : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Erfinv(double.CreateTruncating(x)));

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Erfinv(x);
    }

    public readonly struct Lgamma : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.LogGamma(double.CreateTruncating(x)));

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Lgamma(x);
    }

    public readonly struct Digamma : IWideUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(SpecialFunctions.Digamma(double.CreateTruncating(x)));

        public static bool IsExact => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Digamma(x);
    }
}
