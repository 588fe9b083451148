using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// Angles of sines and cosines, from one polynomial: beyond 1/2 that of the half angle, whose sine is sqrt((1 - z) / 2), z = |x|. Differences from
/// right angles are carried as sums, so that only the last addition rounds.
/// </content>
internal static partial class SimdMath64<V, L>
{
    private const double RightAngleLacks = 3.8981718325193755e-17; // what the float64 nearest to a right angle lacks, as a part of it

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Asin(V x)
    {
        var steep = L.LessThan(L.Create(0.5), L.Abs(x));
        var angle = AngleFrom(L.And(steep, L.Create(Math.PI / 2)), L.Select(steep, L.Create(-2), L.Create(1)), x, steep);
        return L.Or(angle, L.And(x, L.Create(-0.0)));
    }

    /// <summary>From a right angle the angle of x; where it is steep, from 0 or from two right angles twice that of the half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Acos(V x)
    {
        var steep = L.LessThan(L.Create(0.5), L.Abs(x));
        var start = L.Select(steep, L.And(L.LessThan(x, L.Create(0)), L.Create(Math.PI)), L.Create(Math.PI / 2));
        var factor = L.Xor(L.Select(steep, L.Create(2), L.Create(-1)), L.And(x, L.Create(-0.0)));
        return AngleFrom(start, factor, x, steep);
    }

    /// <summary>A number of right angles and a multiple of the angle of |x|, or of half its complement where it is steep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AngleFrom(V start, V factor, V x, V steep)
    {
        V s = L.Multiply(ArcSine(x, steep, out var rest), factor), sum = L.Add(start, s);
        var low = L.MultiplyAdd(start, L.Create(RightAngleLacks), L.Multiply(rest, factor));
        return L.Add(sum, L.Add(L.Add(L.Subtract(start, sum), s), low));
    }

    /// <summary>The angle of |x|, or half its complement where |x| is steep, as the sum of its sine and a rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArcSine(V x, V steep, out V rest)
    {
        V z = L.Abs(x), half = L.Create(0.5);
        var square = L.Select(steep, L.MultiplyAdd(z, L.Create(-0.5), half), L.Multiply(x, x));
        var s = L.Select(steep, L.Sqrt(square), z);

        // (asin(s) - s) / s^3 of s^2, to 1/2
        var p = L.MultiplyAdd(L.Create(0.031958720680891235), square, L.Create(-0.016293725507941892));
        p = L.MultiplyAdd(p, square, L.Create(0.019573689182526437));
        p = L.MultiplyAdd(p, square, L.Create(0.006510931413138615));
        p = L.MultiplyAdd(p, square, L.Create(0.012173261368483535));
        p = L.MultiplyAdd(p, square, L.Create(0.013884601217322576));
        p = L.MultiplyAdd(p, square, L.Create(0.017359770823164224));
        p = L.MultiplyAdd(p, square, L.Create(0.022371753543033373));
        p = L.MultiplyAdd(p, square, L.Create(0.03038195933034886));
        p = L.MultiplyAdd(p, square, L.Create(0.04464285682350823));
        p = L.MultiplyAdd(p, square, L.Create(0.07500000000343005));
        p = L.MultiplyAdd(p, square, L.Create(0.16666666666665383));
        rest = L.Multiply(L.Multiply(s, square), p);
        return s;
    }
}
