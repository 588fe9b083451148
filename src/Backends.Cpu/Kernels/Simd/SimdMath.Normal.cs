using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// The normal distribution: its tail beyond z is the density there times Mills' ratio, a slowly falling quotient of polynomials with terms of
/// one sign. That keeps the digits of small results, where 1 + erf would cancel.
/// </content>
internal static partial class SimdMath<V, L>
{
    private const float HalfLog2E = 0.72134751f; // Mills' ratio is that of this number: rounding it costs nothing

    /// <summary>There the density is 0 in float32.</summary>
    private const float EndOfTail = 14.6f;

    /// <summary>x Phi(x), as max(x, 0) - |x| tail(|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu(V x)
    {
        // Bounded above only: infinity times the tail would be NaN, as it is of minus infinity. NaN passes.
        var z = L.Abs(L.MinNative(L.Create(EndOfTail), x));
        var bounded = L.MinNative(L.Create(EndOfTail), z);
        return L.MultiplyAdd(z, L.Multiply(NegatedDensity(bounded), MillsRatio(bounded)), L.MaxNative(L.Create(0f), x));
    }

    /// <summary>Phi(x) + x phi(x), the slope of x Phi(x): tail - |x| density of negative x, and 1 less that of positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluSlope(V x)
    {
        var z = L.Abs(x);
        var bounded = L.MinNative(L.Create(EndOfTail), z);
        var slope = L.Multiply(NegatedDensity(bounded), L.Subtract(z, MillsRatio(bounded)));
        return L.Select(L.LessThan(L.Create(0f), x), L.Subtract(L.Create(1f), slope), slope);
    }

    /// <summary>-k 2^(-c z^2), with c and k the nearest floats to log2(e) / 2 and 1 / sqrt(2 pi).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NegatedDensity(V z)
    {
        var square = L.Multiply(z, z);
        var lost = L.MultiplyAdd(z, z, L.Negate(square)); // what rounding took from z^2, which the power would multiply
        var n = L.Round(L.Multiply(square, L.Create(-HalfLog2E)));
        var f = L.MultiplyAdd(square, L.Create(HalfLog2E), n);
        f = L.MultiplyAdd(lost, L.Create(HalfLog2E), f);

        // -k 2^-f
        var p = L.MultiplyAdd(L.Create(-6.125107840016598e-05f), f, L.Create(0.0005345378495055399f));
        p = L.MultiplyAdd(p, f, L.Create(-0.0038372014438696296f));
        p = L.MultiplyAdd(p, f, L.Create(0.02214262354457862f));
        p = L.MultiplyAdd(p, f, L.Create(-0.09583650212132523f));
        p = L.MultiplyAdd(p, f, L.Create(0.27652573361787575f));
        p = L.MultiplyAdd(p, f, L.Create(-0.3989422917366028f));
        return Scale(p, n);
    }

    /// <summary>The tail beyond z as a multiple of the density at z, z between 0 and <see cref="EndOfTail"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRatio(V z)
    {
        var p = L.Add(z, L.Create(9.981851577758789f));
        p = L.MultiplyAdd(p, z, L.Create(45.22487258911133f));
        p = L.MultiplyAdd(p, z, L.Create(108.4957046508789f));
        p = L.MultiplyAdd(p, z, L.Create(123.88984680175781f));
        var q = L.Add(z, L.Create(9.982226371765137f));
        q = L.MultiplyAdd(q, z, L.Create(46.21287155151367f));
        q = L.MultiplyAdd(q, z, L.Create(118.65962982177734f));
        q = L.MultiplyAdd(q, z, L.Create(165.437744140625f));
        q = L.MultiplyAdd(q, z, L.Create(98.84980010986328f));
        return L.Divide(p, q);
    }
}
