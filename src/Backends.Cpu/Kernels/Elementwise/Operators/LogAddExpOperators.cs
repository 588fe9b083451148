using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="LogAddExpOp"/> in one pass. The first number is 0.</summary>
internal static unsafe class LogAddExpOperators
{
    /// <summary>max(a, b) + log1p(e^-|a - b|)</summary>
    public readonly struct Natural : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V b, V zero, V unused, V unusedToo) =>
            L.Add(L.Max(a, b), SimdMath<V, L>.Log1pOfPart(SimdMath<V, L>.Exp(Apart<V, L, float>(a, b, zero))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V b, V zero, V unused, V unusedToo) =>
            L.Add(L.Max(a, b), SimdMath64<V, L>.Log1p(SimdMath64<V, L>.Exp(Apart<V, L, double>(a, b, zero))));
    }

    /// <summary>max(a, b) + log1p(2^-|a - b|) / log(2)</summary>
    public readonly struct Binary : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[1] = 1 / Math.Log(2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V b, V zero, V unit, V unused) =>
            L.Add(L.Max(a, b), L.Multiply(SimdMath<V, L>.Log1pOfPart(SimdMath<V, L>.Exp2(Apart<V, L, float>(a, b, zero))), unit));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V b, V zero, V unit, V unused) =>
            L.Add(L.Max(a, b), L.Multiply(SimdMath64<V, L>.Log1p(SimdMath64<V, L>.Exp2(Apart<V, L, double>(a, b, zero))), unit));
    }

    /// <summary>-|a - b|, 0 of equal infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Apart<V, L, T>(V a, V b, V zero) where V : struct where L : struct, ISimd<V, T> where T : unmanaged =>
        L.Select(L.Equal(a, b), zero, L.Negate(L.Abs(L.Subtract(a, b))));
}
