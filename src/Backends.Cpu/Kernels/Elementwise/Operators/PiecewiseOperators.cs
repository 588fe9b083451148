using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Functions of straight pieces and parabolas, and their gradients, in one pass.</summary>
internal static unsafe class PiecewiseOperators
{
    /// <summary>min(max(x, low), high)</summary>
    public readonly struct Clamp : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Elements(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V low, V high, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Min(L.Max(x, low), high);
    }

    /// <summary>g between the bounds and at them, else 0.</summary>
    public readonly struct ClampBackward : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Elements(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V g, V x, V low, V high, V zero)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.And(L.LessThanOrEqual(low, x), L.LessThanOrEqual(x, high)), g, zero);
    }

    /// <summary>0 at the bounds and beyond, else g.</summary>
    public readonly struct HardtanhBackward : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Elements(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V g, V x, V low, V high, V zero)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.Or(L.LessThanOrEqual(x, low), L.LessThanOrEqual(high, x)), zero, g);
    }

    /// <summary>x where it is positive, else slope * x.</summary>
    public readonly struct LeakyRelu : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = scalars[0].ToDouble();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V slope, V zero, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.LessThan(zero, x), x, L.Multiply(x, slope));
    }

    /// <summary>g where x is positive, else slope * g.</summary>
    public readonly struct LeakyReluBackward : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = scalars[0].ToDouble();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V g, V x, V slope, V zero, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.LessThan(zero, x), g, L.Multiply(g, slope));
    }

    /// <summary>x where it is positive, else its weight * x.</summary>
    public readonly struct PRelu : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x, V weight, V zero, V unused, V alsoUnused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.LessThan(zero, x), x, L.Multiply(weight, x));
    }

    /// <summary>min(max(x + middle, 0), all) / all</summary>
    public readonly struct Hardsigmoid : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => (numbers[0], numbers[1]) = (3, 6);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V middle, V all, V zero)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Divide(L.Min(L.Max(L.Add(x, middle), zero), all), all);
    }

    /// <summary>0 where |x| is at most lambda, else x.</summary>
    public readonly struct Hardshrink : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = Scalars.Rounded(scalars[0], dtype);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V lambda, V zero, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, x);
    }

    /// <summary>0 where |x| is at most lambda, else x moved by lambda towards 0. A NaN stays.</summary>
    public readonly struct Softshrink : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Hardshrink.Numbers(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V lambda, V zero, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V far = L.Select(L.LessThan(x, zero), L.Add(x, lambda), L.Subtract(x, lambda));
            return L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, far);
        }
    }

    /// <summary>0 where |x| is at most lambda, else g.</summary>
    public readonly struct ShrinkBackward : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Hardshrink.Numbers(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V g, V x, V lambda, V zero, V unused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Select(L.LessThanOrEqual(L.Abs(x), lambda), zero, g);
    }

    /// <summary>half * d^2 where d = |x - y| is at most delta, else slope * (d - delta / 2), with half = scale / 2 and slope = scale * delta.</summary>
    public readonly struct Huber : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double delta = scalars[0].ToDouble(), scale = scalars[1].ToDouble();
            (numbers[0], numbers[1], numbers[2]) = (delta, scale / 2, scale * delta);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x, V y, V delta, V half, V slope)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V d = L.Abs(L.Subtract(x, y)), middle = L.Multiply(delta, L.Create(T.CreateTruncating(0.5)));
            return L.Select(L.LessThanOrEqual(d, delta), L.Multiply(L.Multiply(d, d), half), L.Multiply(L.Subtract(d, middle), slope));
        }
    }

    /// <summary>scale * (x - y limited to low .. high)</summary>
    public readonly struct HuberSlope : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double delta = scalars[0].ToDouble();
            (numbers[0], numbers[1], numbers[2]) = (-delta, delta, scalars[1].ToDouble());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x, V y, V low, V high, V scale)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Multiply(L.Min(L.Max(L.Subtract(x, y), low), high), scale);
    }

    /// <summary>a + alpha b, rounded once where the machine can.</summary>
    public readonly struct AddScaled : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => numbers[0] = scalars[0].ToDouble();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b, V alpha, V unused, V alsoUnused)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => L.MultiplyAdd(b, alpha, a);
    }

    /// <summary>a + step (b - a), or b + step (b - a) where the weight is not small.</summary>
    public readonly struct Lerp : IParametricFormula
    {
        public static bool IsPair => true;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
        {
            double weight = scalars[0].ToDouble();
            (numbers[0], numbers[1]) = Math.Abs(weight) < 0.5 ? (weight, 1) : (weight - 1, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b, V step, V fromFirst, V zero)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            L.Add(L.Select(L.LessThan(zero, fromFirst), a, b), L.Multiply(L.Subtract(b, a), step));
    }

    /// <summary>Other numbers in the place of NaN and of the infinities.</summary>
    public readonly struct NanToNum : IParametricFormula
    {
        public static bool IsPair => false;

        public static void Numbers(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers) => Elements(scalars, dtype, numbers);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V x, V nan, V above, V below)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V y = L.Select(L.Equal(x, L.Create(T.PositiveInfinity)), above, x);
            return L.Select(L.Equal(x, x), L.Select(L.Equal(x, L.Create(T.NegativeInfinity)), below, y), nan);
        }
    }

    /// <summary>The numbers as elements of the tensors.</summary>
    private static void Elements(ReadOnlySpan<Scalar> scalars, DType dtype, double* numbers)
    {
        for (int i = 0; i < scalars.Length; i++)
            numbers[i] = Scalars.Rounded(scalars[i], dtype);
    }
}
