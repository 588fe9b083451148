using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// Hyperbolic sine and cosine without a division and without the large terms that cancel: with z = |x| = n ln 2 + r both are 2^(n-1) times a sum of
/// sinh(r) and cosh(r), whose factors are 1 - 4^-n and 1 + 4^-n. Infinite only where the result is.
/// </content>
internal static partial class SimdMath64<V, L>
{
    private const double BeyondHyperbolic = 711; // there both are infinite

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sinh(V x)
    {
        var n = HyperbolicParts(x, out var sine, out var cosine, out var less, out var more);
        var y = L.Add(less, L.MultiplyAdd(less, cosine, L.Multiply(more, sine)));
        return L.Or(Scale(y, L.Subtract(n, L.Create(1))), L.And(x, L.Create(-0.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cosh(V x)
    {
        var n = HyperbolicParts(x, out var sine, out var cosine, out var less, out var more);
        var y = L.Add(more, L.MultiplyAdd(more, cosine, L.Multiply(less, sine)));
        return Scale(y, L.Subtract(n, L.Create(1)));
    }

    /// <summary>n, sinh(r), cosh(r) - 1, 1 - 4^-n and 1 + 4^-n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HyperbolicParts(V x, out V sine, out V cosine, out V less, out V more)
    {
        var z = L.MinNative(L.Create(BeyondHyperbolic), L.Abs(x)); // NaN passes
        var n = L.Round(L.Multiply(z, L.Create(1.4426950408889634)));
        var r = WithoutPower(z, n);
        var square = L.Multiply(r, r);

        // (sinh(r) - r) / r^3 of r^2
        var p = L.MultiplyAdd(L.Create(2.510037611136142e-08), square, L.Create(2.7557268479724004e-06));
        p = L.MultiplyAdd(p, square, L.Create(0.00019841269863040922));
        p = L.MultiplyAdd(p, square, L.Create(0.008333333333330065));
        p = L.MultiplyAdd(p, square, L.Create(0.16666666666666669));
        sine = L.MultiplyAdd(L.Multiply(r, square), p, r);

        // (cosh(r) - 1 - r^2/2) / r^4 of r^2
        var q = L.MultiplyAdd(L.Create(2.0911229928855294e-09), square, L.Create(2.7557282983637385e-07));
        q = L.MultiplyAdd(q, square, L.Create(2.4801587317135435e-05));
        q = L.MultiplyAdd(q, square, L.Create(0.0013888888888886554));
        q = L.MultiplyAdd(q, square, L.Create(0.041666666666666664));
        cosine = L.MultiplyAdd(L.Multiply(square, square), q, L.Multiply(square, L.Create(0.5)));

        V one = L.Create(1), fourth = PowerOfFour(n);
        less = L.Subtract(one, fourth);
        more = L.Add(one, fourth);
        return n;
    }

    /// <summary>4^-n, or something as small beside 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfFour(V n) =>
        L.HasScale ? L.Scale(L.Create(1), L.Multiply(n, L.Create(-2))) : Power(L.MaxNative(L.Create(-1000), L.Multiply(n, L.Create(-2))));
}
