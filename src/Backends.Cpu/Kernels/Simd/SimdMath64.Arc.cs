using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>Arc tangents of float32 numbers that come as float64, from one polynomial: its relative error of 5e-11 leaves digits to spare.</content>
internal static partial class SimdMath64<V, L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan(V x)
    {
        V z = L.Abs(x), one = L.Create(1);
        var steep = L.LessThan(one, z);
        var angle = AtanToOne(L.Select(steep, L.Divide(one, z), z));
        return L.Or(L.Select(steep, L.Subtract(L.Create(Math.PI / 2), angle), angle), L.And(x, L.Create(-0.0)));
    }

    /// <summary>The angle of the point (x, y). The signs of zeros count; infinities are taken as equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan2(V y, V x)
    {
        V height = L.Abs(y), width = L.Abs(x), sign = L.Create(-0.0), one = L.Create(1), zero = L.Create(0);
        V large = L.Max(height, width), small = L.Min(height, width);
        var diagonal = L.Select(L.Equal(large, zero), zero, one);
        var angle = AtanToOne(L.Select(L.Equal(small, large), diagonal, L.Divide(small, large)));
        angle = L.Select(L.LessThan(width, height), L.Subtract(L.Create(Math.PI / 2), angle), angle);
        var left = L.LessThan(L.Or(L.And(x, sign), one), zero); // of -0, too
        return L.Or(L.Select(left, L.Subtract(L.Create(Math.PI), angle), angle), L.And(y, sign));
    }

    /// <summary>atan(x), x from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanToOne(V x)
    {
        var square = L.Multiply(x, x);

        // (atan(x) - x) / x^3 of x^2
        var p = L.MultiplyAdd(L.Create(0.0005930437556365281), square, L.Create(-0.0042216579909296476));
        p = L.MultiplyAdd(p, square, L.Create(0.014072923344697237));
        p = L.MultiplyAdd(p, square, L.Create(-0.02991311194551696));
        p = L.MultiplyAdd(p, square, L.Create(0.047294798621813336));
        p = L.MultiplyAdd(p, square, L.Create(-0.06246315194128317));
        p = L.MultiplyAdd(p, square, L.Create(0.0758665283364667));
        p = L.MultiplyAdd(p, square, L.Create(-0.09073553118976409));
        p = L.MultiplyAdd(p, square, L.Create(0.11109392308322223));
        p = L.MultiplyAdd(p, square, L.Create(-0.14285624891483525));
        p = L.MultiplyAdd(p, square, L.Create(0.19999998154086215));
        p = L.MultiplyAdd(p, square, L.Create(-0.3333333332694414));
        return L.MultiplyAdd(L.Multiply(p, square), x, x);
    }
}
