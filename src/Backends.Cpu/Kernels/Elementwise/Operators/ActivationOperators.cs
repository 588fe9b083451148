using System.Numerics;

namespace Nabla;

/// <summary>Activations in one pass: the formulas of their decompositions, in float32.</summary>
internal static class ActivationOperators
{
    private const float HalfSqrt = 0.70710678f;        // sqrt(1/2)
    private const float SqrtTwoOverPi = 0.79788456f;
    private const float Cubic = 0.044715f;
    private const float InverseSqrtTwoPi = 0.39894228f;

    public readonly struct Silu : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * FloatOperators.Sigmoid.Apply(x);

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => L.Multiply(x, SimdMath<V, L>.Sigmoid(x));
    }

    public readonly struct Gelu : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            x * T.CreateTruncating(0.5) * (T.One + FloatOperators.Erf.Apply(x * T.CreateTruncating(HalfSqrt)));

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float> => L.Multiply(
            L.Multiply(x, L.Create(0.5f)), L.Add(SimdMath<V, L>.Erf(L.Multiply(x, L.Create(HalfSqrt))), L.Create(1f)));
    }

    public readonly struct GeluTanh : IFloat32Unary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            x * T.CreateTruncating(0.5) * (T.One + T.Tanh((x + (x * x * x * T.CreateTruncating(Cubic))) * T.CreateTruncating(SqrtTwoOverPi)));

        public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, float>
        {
            var cubic = L.Multiply(L.Multiply(L.Multiply(x, x), x), L.Create(Cubic));
            var inner = SimdMath<V, L>.Tanh(L.Multiply(L.Add(x, cubic), L.Create(SqrtTwoOverPi)));
            return L.Multiply(L.Multiply(x, L.Create(0.5f)), L.Add(inner, L.Create(1f)));
        }
    }

    /// <summary>g (Phi(x) + x phi(x))</summary>
    public readonly struct GeluBackward : IVectorMap2<float>
    {
        public static bool ScalarTail => false;

        public static float Apply(float g, float x)
        {
            float density = MathF.Exp(x * x * -0.5f) * InverseSqrtTwoPi;
            return g * (((FloatOperators.Erf.Apply(x * HalfSqrt) + 1) * 0.5f) + (x * density));
        }

        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float>
        {
            var density = L.Multiply(SimdMath<V, L>.Exp(L.Multiply(L.Multiply(x, x), L.Create(-0.5f))), L.Create(InverseSqrtTwoPi));
            var distribution = L.Multiply(L.Add(SimdMath<V, L>.Erf(L.Multiply(x, L.Create(HalfSqrt))), L.Create(1f)), L.Create(0.5f));
            return L.Multiply(g, L.Add(distribution, L.Multiply(x, density)));
        }
    }

    /// <summary>g (0.5 (1 + t) + 0.5 x (1 - t^2) k (1 + 3 * 0.044715 x^2)), t = tanh(k (x + 0.044715 x^3))</summary>
    public readonly struct GeluTanhBackward : IVectorMap2<float>
    {
        public static bool ScalarTail => false;

        public static float Apply(float g, float x)
        {
            float square = x * x, t = MathF.Tanh(x * ((square * Cubic) + 1) * SqrtTwoOverPi);
            float rise = ((square * (3 * Cubic)) + 1) * (0.5f * SqrtTwoOverPi);
            return g * (((t + 1) * 0.5f) + (x * rise * (1 - (t * t))));
        }

        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float>
        {
            V square = L.Multiply(x, x), one = L.Create(1f);
            var t = SimdMath<V, L>.Tanh(L.Multiply(L.Multiply(x, L.Add(L.Multiply(square, L.Create(Cubic)), one)), L.Create(SqrtTwoOverPi)));
            var rise = L.Multiply(L.Add(L.Multiply(square, L.Create(3 * Cubic)), one), L.Create(0.5f * SqrtTwoOverPi));
            var bend = L.Multiply(L.Multiply(x, rise), L.Subtract(one, L.Multiply(t, t)));
            return L.Multiply(g, L.Add(L.Multiply(L.Add(t, one), L.Create(0.5f)), bend));
        }
    }

    /// <summary>0 where y is at most 0, else g; where y is NaN, g</summary>
    public readonly struct ReluBackward : IVectorMap2<float>
    {
        public static float Apply(float g, float y) => y <= 0 ? 0 : g;

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

        public static V Apply<V, L>(V g, V x) where V : struct where L : struct, ISimd<V, float>
        {
            V s = SimdMath<V, L>.Sigmoid(x), one = L.Create(1f);
            return L.Multiply(g, L.Multiply(s, L.Add(L.Multiply(x, L.Subtract(one, s)), one)));
        }
    }
}
