using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A function of a gradient and x, or of x alone, with three numbers beside them.</summary>
internal interface IEluOperator
{
    /// <summary>Whether a gradient comes first.</summary>
    static abstract bool TakesGradient { get; }
}

/// <summary>Its form in vectors of an element type.</summary>
internal interface IEluOperator<T> : IEluOperator where T : unmanaged
{
    /// <param name="g">The gradient.</param>
    /// <param name="x">Where the function is taken.</param>
    /// <param name="bend">alpha * scale; of the gradient times inputScale.</param>
    /// <param name="scale">The slope of positive x.</param>
    /// <param name="inputScale">The factor in the exponent.</param>
    static abstract V Apply<V, L>(V g, V x, V bend, V scale, V inputScale) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary><see cref="EluOp"/> and its gradient in one pass. Where x is positive, the exponential may be what it likes: it is not chosen.</summary>
internal static class EluOperators
{
    public readonly struct Elu : IEluOperator<float>, IEluOperator<double>
    {
        public static bool TakesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IEluOperator<float>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Select(
            L.LessThanOrEqual(x, L.Create(0f)), L.Multiply(SimdMath<V, L>.Expm1(L.Multiply(x, inputScale)), bend), L.Multiply(x, scale));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IEluOperator<double>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Select(
            L.LessThanOrEqual(x, L.Create(0.0)), L.Multiply(SimdMath64<V, L>.Expm1(L.Multiply(x, inputScale)), bend), L.Multiply(x, scale));
    }

    public readonly struct EluBackward : IEluOperator<float>, IEluOperator<double>
    {
        public static bool TakesGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IEluOperator<float>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Multiply(g, L.Select(
            L.LessThanOrEqual(x, L.Create(0f)), L.Multiply(SimdMath<V, L>.Exp(L.Multiply(x, inputScale)), bend), scale));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IEluOperator<double>.Apply<V, L>(V g, V x, V bend, V scale, V inputScale) => L.Multiply(g, L.Select(
            L.LessThanOrEqual(x, L.Create(0.0)), L.Multiply(SimdMath64<V, L>.Exp(L.Multiply(x, inputScale)), bend), scale));
    }
}
