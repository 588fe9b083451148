using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="SoftplusOp"/> and its gradient in one pass. Numbers: beta, the threshold.</summary>
internal static unsafe class SoftplusOperators
{
    /// <summary>(max(z, 0) + log1p(e^-|z|)) / beta with z = beta x, which cannot overflow; x beyond the threshold.</summary>
    public readonly struct Softplus : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) =>
            (numbers[0], numbers[1]) = (scalars[0].ToDouble(), scalars[1].ToDouble());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V beta, V threshold, V zero)
        {
            var scaled = L.Multiply(x, beta);
            return L.Select(L.LessThan(threshold, scaled), x, L.Divide(SimdMath<V, L>.Softplus(scaled), beta));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V beta, V threshold, V zero)
        {
            var scaled = L.Multiply(x, beta);
            var tail = SimdMath64<V, L>.Log1p(SimdMath64<V, L>.Exp(L.Negate(L.Abs(scaled))));
            return L.Select(L.LessThan(threshold, scaled), x, L.Divide(L.Add(L.Max(scaled, zero), tail), beta));
        }
    }

    /// <summary>g sigmoid(beta x), and g beyond the threshold.</summary>
    public readonly struct SoftplusBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Softplus.Numbers(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V beta, V threshold, V unused)
        {
            var scaled = L.Multiply(x, beta);
            return L.Select(L.LessThan(threshold, scaled), g, L.Multiply(g, SimdMath<V, L>.Sigmoid(scaled)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V beta, V threshold, V unused)
        {
            var scaled = L.Multiply(x, beta);
            return L.Select(L.LessThan(threshold, scaled), g, L.Multiply(g, SimdMath64<V, L>.Sigmoid(scaled)));
        }
    }
}
