using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// The normal distribution: its tail beyond z is the density there times Mills' ratio, a slowly falling quotient of polynomials. That keeps the
/// digits of small results, where 1 + erf would cancel. The density is that of a scale at hand, k 2^(-z^2 / <see cref="Octave"/>), and what it
/// lacks to the true one is in the ratio.
/// </content>
internal static unsafe partial class SimdMath<V, L>
{
    /// <summary>
    /// By how much z^2 grows where the density halves: 2 ln 2 in 12 bits, so that its product with an exponent in sixteenths, of up to 11 bits,
    /// is exact, and z^2 less that product is rounded once: the square's own rounding error would count, far out.
    /// </summary>
    private const float Octave = 2839f / 2048;

    /// <summary>There the density is 0 in float32.</summary>
    private const float EndOfTail = 14.6f;

    /// <summary>x Phi(x), as max(x, 0) - |x| tail(|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu(V x)
    {
        // Bounded above only: infinity times the tail would be NaN, as it is of minus infinity. NaN passes.
        var z = L.Abs(L.MinNative(L.Create(EndOfTail), x));
        var bounded = L.MinNative(L.Create(EndOfTail), z);
        return L.MultiplyAdd(L.Multiply(z, MillsRatio(bounded)), NegatedDensity(bounded), L.MaxNative(L.Create(0f), x));
    }

    /// <summary>Phi(x) + x phi(x), the slope of x Phi(x): tail - |x| density of negative x, and 1 less that of positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluSlope(V x)
    {
        var z = L.Abs(x);
        var bounded = L.MinNative(L.Create(EndOfTail), z);
        // The bound itself meets a density of 0: a product of all of z could overflow. Of infinity, which the definition multiplies by 0, z - z is NaN.
        var slope = L.MultiplyAdd(NegatedDensity(bounded), L.Subtract(L.Multiply(bounded, TrueDensity(bounded)), MillsRatio(bounded)), L.Subtract(z, z));
        return L.Select(L.LessThan(L.Create(0f), x), L.Subtract(L.Create(1f), slope), slope);
    }

    /// <summary>-k 2^(-z^2 / <see cref="Octave"/>), k = <see cref="PowerTables.DensityFactor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NegatedDensity(V z)
    {
        float rounding = L.HasLookup ? PowerTables.Sixteenths : 16 * PowerTables.Sixteenths;
        var rounded = L.MultiplyAdd(L.Multiply(z, z), L.Create(-1 / Octave), L.Create(rounding));
        var n = L.Subtract(rounded, L.Create(rounding));
        var f = L.MultiplyAdd(z, z, L.Multiply(n, L.Create(Octave)));
        return L.HasLookup ? DensityByTable(rounded, n, f) : Scale(DensityOfRest(f), n);
    }

    /// <summary>-k 2^(n - f / <see cref="Octave"/>), f within half a sixteenth of an octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DensityByTable(V rounded, V n, V f)
    {
        var power = L.Scale(L.Lookup(PowerTables.Density, rounded), n);

        // (2^(-f / Octave) - 1) / f
        var p = L.MultiplyAdd(L.Create(-0.020836214f), f, L.Create(0.1250164f));
        p = L.MultiplyAdd(p, f, L.Create(-0.50002307f));
        return L.MultiplyAdd(L.Multiply(power, f), p, power);
    }

    /// <summary>-k 2^(-f / <see cref="Octave"/>), f within half an octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DensityOfRest(V f)
    {
        var p = L.MultiplyAdd(L.Create(-8.201598e-06f), f, L.Create(9.921986e-05f));
        p = L.MultiplyAdd(p, f, L.Create(-0.0009873478f));
        p = L.MultiplyAdd(p, f, L.Create(0.007898054f));
        p = L.MultiplyAdd(p, f, L.Create(-0.047386803f));
        p = L.MultiplyAdd(p, f, L.Create(0.18953851f));
        return L.MultiplyAdd(p, f, L.Create(-PowerTables.DensityFactor));
    }

    /// <summary>The true density as a multiple of that by octaves: e^(c z^2) / (k sqrt(2 pi)), c = ln 2 / <see cref="Octave"/> - 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TrueDensity(V z)
    {
        var square = L.Multiply(z, z);
        var p = L.MultiplyAdd(L.Create(2.7947294e-10f), square, L.Create(2.425416e-05f));
        return L.MultiplyAdd(p, square, L.Create(1.0524529f));
    }

    /// <summary>The tail beyond z as a multiple of the density by octaves, z between 0 and <see cref="EndOfTail"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRatio(V z)
    {
        var p = L.Add(z, L.Create(-63.0004196f));
        p = L.MultiplyAdd(p, z, L.Create(-582.647705f));
        p = L.MultiplyAdd(p, z, L.Create(-2023.97302f));
        p = L.MultiplyAdd(p, z, L.Create(-3466.21606f));
        var q = L.Add(z, L.Create(-60.3929863f));
        q = L.MultiplyAdd(q, z, L.Create(-546.676819f));
        q = L.MultiplyAdd(q, z, L.Create(-2024.96887f));
        q = L.MultiplyAdd(q, z, L.Create(-3631.09521f));
        q = L.MultiplyAdd(q, z, L.Create(-2627.80444f));
        return L.Divide(p, q);
    }
}
