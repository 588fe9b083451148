using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Functions of straight pieces and parabolas, and their gradients, in one pass.</summary>
internal static unsafe class PiecewiseOperators
{
    /// <summary>min(max(x, low), high)</summary>
    public readonly struct Clamp : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Bounds(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V low, V high, V unused) => L.Min(L.Max(x, low), high);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V low, V high, V unused) => L.Min(L.Max(x, low), high);
    }

    /// <summary>g between the bounds and at them, else 0.</summary>
    public readonly struct ClampBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Bounds(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V low, V high, V zero) =>
            L.Select(L.And(L.LessThanOrEqual(low, x), L.LessThanOrEqual(x, high)), g, zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V low, V high, V zero) =>
            L.Select(L.And(L.LessThanOrEqual(low, x), L.LessThanOrEqual(x, high)), g, zero);
    }

    /// <summary>0 at the bounds and beyond, else g.</summary>
    public readonly struct HardtanhBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Bounds(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V low, V high, V zero) =>
            L.Select(L.Or(L.LessThanOrEqual(x, low), L.LessThanOrEqual(high, x)), zero, g);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V low, V high, V zero) =>
            L.Select(L.Or(L.LessThanOrEqual(x, low), L.LessThanOrEqual(high, x)), zero, g);
    }

    /// <summary>x where it is positive, else slope * x.</summary>
    public readonly struct LeakyRelu : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = scalars[0].ToDouble();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V slope, V zero, V unused) => L.Select(L.LessThan(zero, x), x, L.Multiply(x, slope));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V slope, V zero, V unused) => L.Select(L.LessThan(zero, x), x, L.Multiply(x, slope));
    }

    /// <summary>g where x is positive, else slope * g.</summary>
    public readonly struct LeakyReluBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = scalars[0].ToDouble();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V slope, V zero, V unused) => L.Select(L.LessThan(zero, x), g, L.Multiply(g, slope));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V slope, V zero, V unused) => L.Select(L.LessThan(zero, x), g, L.Multiply(g, slope));
    }

    /// <summary>0 where |x| is at most lambda, else x.</summary>
    public readonly struct Hardshrink : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = Scalars.Rounded(scalars[0], dtype);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V lambda, V zero, V unused) => L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V lambda, V zero, V unused) => L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, x);
    }

    /// <summary>0 where |x| is at most lambda, else x moved by lambda towards 0. A NaN stays.</summary>
    public readonly struct Softshrink : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Hardshrink.Numbers(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V a, V x, V lambda, V zero, V unused) => Of<V, L, float>(x, lambda, zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V a, V x, V lambda, V zero, V unused) => Of<V, L, double>(x, lambda, zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Of<V, L, T>(V x, V lambda, V zero) where V : struct where L : struct, ISimd<V, T> where T : unmanaged
        {
            V far = L.Select(L.LessThan(x, zero), L.Add(x, lambda), L.Subtract(x, lambda));
            return L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, far);
        }
    }

    /// <summary>0 where |x| is at most lambda, else g.</summary>
    public readonly struct ShrinkBackward : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Hardshrink.Numbers(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V g, V x, V lambda, V zero, V unused) => L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, g);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V g, V x, V lambda, V zero, V unused) => L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, g);
    }

    /// <summary>half * d^2 where d = |x - y| is at most delta, else slope * (d - delta / 2), with half = scale / 2 and slope = scale * delta.</summary>
    public readonly struct Huber : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double delta = scalars[0].ToDouble(), scale = scalars[1].ToDouble();
            (numbers[0], numbers[1], numbers[2]) = (delta, scale / 2, scale * delta);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V x, V y, V delta, V half, V slope) => Of<V, L, float>(x, y, delta, half, slope, L.Create(0.5f));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V x, V y, V delta, V half, V slope) => Of<V, L, double>(x, y, delta, half, slope, L.Create(0.5));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Of<V, L, T>(V x, V y, V delta, V half, V slope, V oneHalf) where V : struct where L : struct, ISimd<V, T> where T : unmanaged
        {
            V d = L.Abs(L.Subtract(x, y));
            return L.Select(
                L.LessThanOrEqual(d, delta), L.Multiply(L.Multiply(d, d), half), L.Multiply(L.Subtract(d, L.Multiply(delta, oneHalf)), slope));
        }
    }

    /// <summary>scale * (x - y limited to low .. high)</summary>
    public readonly struct HuberSlope : IParametricOperator<float>, IParametricOperator<double>
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double delta = scalars[0].ToDouble();
            (numbers[0], numbers[1], numbers[2]) = (-delta, delta, scalars[1].ToDouble());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<float>.Apply<V, L>(V x, V y, V low, V high, V scale) => L.Multiply(L.Min(L.Max(L.Subtract(x, y), low), high), scale);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IParametricOperator<double>.Apply<V, L>(V x, V y, V low, V high, V scale) => L.Multiply(L.Min(L.Max(L.Subtract(x, y), low), high), scale);
    }

    /// <summary>The bounds as elements of the tensors.</summary>
    private static void Bounds(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
    {
        for (int i = 0; i < 2; i++)
            numbers[i] = Scalars.Rounded(scalars[i], dtype);
    }
}
