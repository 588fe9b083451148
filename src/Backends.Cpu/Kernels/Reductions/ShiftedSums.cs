using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The sum of a[i] - shift, and of its squares: in short float32 chains, then in binary64.</summary>
internal static unsafe class ShiftedSums
{
    private const int Accumulators = 4;

    /// <summary>A number near the others to measure from: the mean of the first vector.</summary>
    public static float Shift(float* a, nint count)
    {
        if (WideVectors.Have512 && count >= Vector512<float>.Count) return Vector512.Sum(Vector512.Load(a)) / Vector512<float>.Count;
        if (Vector256.IsHardwareAccelerated && count >= Vector256<float>.Count) return Vector256.Sum(Vector256.Load(a)) / Vector256<float>.Count;
        return count >= Vector128<float>.Count ? Vector128.Sum(Vector128.Load(a)) / Vector128<float>.Count : a[0];
    }

    public static (double Sum, double Squares) Of(float* a, nint count, float shift)
    {
        if (WideVectors.Have512) return Of<Vector512<float>, Simd512<float>>(a, count, shift);
        if (Vector256.IsHardwareAccelerated) return Of<Vector256<float>, Simd256<float>>(a, count, shift);
        return Of<Vector128<float>, Simd128<float>>(a, count, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Squares) Of<V, L>(float* a, nint count, float shift) where V : struct where L : struct, ISimd<V, float>
    {
        double sum = 0, squares = 0;
        var origin = L.Create(shift);
        nint i = 0;
        while (i + (Accumulators * L.Count) <= count)
        {
            // Sixteen rounds: long enough to hide the horizontal sum, short enough to keep the error of a chain small.
            nint end = Math.Min(i + (16 * Accumulators * L.Count), count - ((count - i) % (Accumulators * L.Count)));
            V s0 = default, s1 = default, s2 = default, s3 = default, q0 = default, q1 = default, q2 = default, q3 = default;
            for (; i < end; i += Accumulators * L.Count)
            {
                V d0 = L.Subtract(L.Load(a + i), origin), d1 = L.Subtract(L.Load(a + i + L.Count), origin);
                V d2 = L.Subtract(L.Load(a + i + (2 * L.Count)), origin), d3 = L.Subtract(L.Load(a + i + (3 * L.Count)), origin);
                (s0, s1, s2, s3) = (L.Add(s0, d0), L.Add(s1, d1), L.Add(s2, d2), L.Add(s3, d3));
                (q0, q1, q2, q3) = (L.MultiplyAdd(d0, d0, q0), L.MultiplyAdd(d1, d1, q1), L.MultiplyAdd(d2, d2, q2), L.MultiplyAdd(d3, d3, q3));
            }

            sum += L.Sum(L.Add(L.Add(s0, s1), L.Add(s2, s3)));
            squares += L.Sum(L.Add(L.Add(q0, q1), L.Add(q2, q3)));
        }

        if (i == count)
            return (sum, squares);
        V s = default, q = default;
        for (; i < count; i += L.Count)
        {
            V d;
            if (count - i >= L.Count)
            {
                d = L.Subtract(L.Load(a + i), origin);
            }
            else
            {
                V mask = L.Mask((int)(count - i));
                d = L.And(L.Subtract(L.LoadMasked(a + i, mask), origin), mask);
            }

            s = L.Add(s, d);
            q = L.MultiplyAdd(d, d, q);
        }

        return (sum + L.Sum(s), squares + L.Sum(q));
    }
}
