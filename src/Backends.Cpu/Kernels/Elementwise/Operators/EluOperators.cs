using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// <see cref="EluOp"/> and its gradient in one pass. Where x is positive, the exponential may be what it likes: it is not chosen. Numbers: the factor of
/// the exponential, the slope of positive x, the factor in the exponent.
/// </summary>
internal static unsafe class EluOperators
{
    public readonly struct Elu : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double alpha = scalars[0].ToDouble(), scale = scalars[1].ToDouble();
            (numbers[0], numbers[1], numbers[2]) = (alpha * scale, scale, scalars[2].ToDouble());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V bend, V scale, V inputScale) => L.Select(
            L.LessThanOrEqual(x, L.Create(0f)), L.Multiply(SimdMath<V, L>.Expm1(L.Multiply(x, inputScale)), bend), L.Multiply(x, scale));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V bend, V scale, V inputScale) => L.Select(
            L.LessThanOrEqual(x, L.Create(0.0)), L.Multiply(SimdMath64<V, L>.Expm1(L.Multiply(x, inputScale)), bend), L.Multiply(x, scale));
    }

    public readonly struct EluBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            Elu.Numbers(scalars, dtype, numbers);
            numbers[0] *= numbers[2];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Multiply(g, L.Select(
            L.LessThanOrEqual(x, L.Create(0f)), L.Multiply(SimdMath<V, L>.Exp(L.Multiply(x, inputScale)), bend), scale));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Multiply(g, L.Select(
            L.LessThanOrEqual(x, L.Create(0.0)), L.Multiply(SimdMath64<V, L>.Exp(L.Multiply(x, inputScale)), bend), scale));
    }
}
