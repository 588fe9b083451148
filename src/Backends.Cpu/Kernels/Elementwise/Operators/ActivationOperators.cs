using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Activations in one pass: the formulas of their decompositions, in float32.</summary>
internal static class ActivationOperators
{
    private const float Cubic = 0.044715f;
    private const float Rise = 1.5957691f;            // 2 sqrt(2/pi)
    private const double InverseSqrtTwoPi = 0.3989422804014327;

    /// <summary>Where the slope of the approximated gelu is 0 or 1 to 34 digits, and what it is made of still finite.</summary>
    private const float Flat = 9.9f;

    public readonly struct Silu : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * FloatOperators.Sigmoid.Apply(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => L.Multiply(x, SimdMath<V, L>.Sigmoid(x));
    }

    public readonly struct Gelu : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * T.CreateTruncating(SpecialFunctions.Normal(double.CreateTruncating(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Gelu(x);
    }

    /// <summary>x / (1 + e^-2u), u = k (x + 0.044715 x^3): x (1 + tanh(u)) / 2 without its cancellation.</summary>
    public readonly struct GeluTanh : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            x / (T.One + T.Exp(x * ((x * x * T.CreateTruncating(-Rise * Cubic)) - T.CreateTruncating(Rise))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float>
        {
            var negative = L.Multiply(x, L.MultiplyAdd(L.Multiply(x, x), L.Create(-Rise * Cubic), L.Create(-Rise)));
            return L.Divide(x, L.Add(SimdMath<V, L>.Exp(negative), L.Create(1f)));
        }
    }

    /// <summary>g (Phi(x) + x phi(x))</summary>
    public readonly struct GeluBackward : IVectorMap2<float>
    {
        public static bool ScalarTail => false;

        public static float Apply(float g, float x)
        {
            double density = Math.Exp(x * (double)x * -0.5) * InverseSqrtTwoPi;
            return g * (float)(SpecialFunctions.Normal(x) + (x * density));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float> => L.Multiply(g, SimdMath<V, L>.GeluSlope(x));
    }

    /// <summary>g s (1 + x u' (1 - s)), s = 1 / (1 + e^-u), u = 2k (x + 0.044715 x^3)</summary>
    public readonly struct GeluTanhBackward : IVectorMap2<float>
    {
        public static bool ScalarTail => false;

        public static float Apply(float g, float x)
        {
            x = MathF.Max(-Flat, MathF.Min(Flat, x)); // NaN passes
            float square = x * x, e = MathF.Exp(x * ((square * (Rise * Cubic)) + Rise)), rest = 1 / (1 + e);
            return g * (e * rest * ((x * ((square * (3 * Rise * Cubic)) + Rise) * rest) + 1));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float>
        {
            x = L.MaxNative(L.Create(-Flat), L.MinNative(L.Create(Flat), x));
            V square = L.Multiply(x, x), one = L.Create(1f);
            var e = SimdMath<V, L>.ExpModerate(L.Multiply(x, L.MultiplyAdd(square, L.Create(Rise * Cubic), L.Create(Rise))));
            var rest = L.Divide(one, L.Add(e, one));
            var slope = L.Multiply(x, L.MultiplyAdd(square, L.Create(3 * Rise * Cubic), L.Create(Rise)));
            return L.Multiply(g, L.Multiply(L.Multiply(e, rest), L.MultiplyAdd(slope, rest, one)));
        }
    }

    /// <summary>0 where y is at most 0, else g; where y is NaN, g</summary>
    public readonly struct ReluBackward : IVectorMap2<float>
    {
        public static float Apply(float g, float y) => y <= 0 ? 0 : g;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V g, V y) where V : struct where L : struct, ISimd<V, float> =>
            L.Select(L.LessThanOrEqual(y, L.Create(0f)), L.Create(0f), g);
    }

    /// <summary>g s (1 + x (1 - s)), s = sigmoid(x)</summary>
    public readonly struct SiluBackward : IVectorMap2<float>
    {
        public static bool ScalarTail => false;

        public static float Apply(float g, float x)
        {
            float s = FloatOperators.Sigmoid.Apply(x);
            return g * (s * ((x * (1 - s)) + 1));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float>
        {
            V s = SimdMath<V, L>.Sigmoid(x), one = L.Create(1f);
            return L.Multiply(g, L.Multiply(s, L.Add(L.Multiply(x, L.Subtract(one, s)), one)));
        }
    }
}
