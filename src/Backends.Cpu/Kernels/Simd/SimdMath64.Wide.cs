using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// Functions of float32 numbers that come as float64, and whose results become float32 again: a few of the 29 digits to spare, in bits, are
/// lost to simple formulas.
/// </content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>log(z + sqrt(z^2 + 1)), z = |x|, written so that nothing cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Asinh(V x)
    {
        V z = L.Abs(x), square = L.Multiply(z, z), one = L.Create(1);
        var result = Log1p(L.Add(z, L.Divide(square, L.Add(one, L.Sqrt(L.Add(square, one))))));
        result = L.Select(L.Equal(z, L.Create(double.PositiveInfinity)), z, result);
        return L.Or(result, L.And(x, L.Create(-0.0)));
    }

    /// <summary>e^(-z^2) w(z), z = |x|, with w a polynomial of (z - 4) / (z + 4); of negative x the complement to 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erfc(V x)
    {
        var z = L.MinNative(L.Create(10.25), L.Abs(x)); // there the result is 0 in float32; NaN passes
        var t = L.Divide(L.Subtract(z, L.Create(4)), L.Add(z, L.Create(4)));

        // e^(z^2) erfc(z)
        var w = L.MultiplyAdd(L.Create(0.00010099388153625651), t, L.Create(-2.947575186330786e-05));
        w = L.MultiplyAdd(w, t, L.Create(-0.0008156125745455182));
        w = L.MultiplyAdd(w, t, L.Create(0.0040593941251915715));
        w = L.MultiplyAdd(w, t, L.Create(-0.012839265606126686));
        w = L.MultiplyAdd(w, t, L.Create(0.03129967437897703));
        w = L.MultiplyAdd(w, t, L.Create(-0.06310845155526817));
        w = L.MultiplyAdd(w, t, L.Create(0.10896310555621486));
        w = L.MultiplyAdd(w, t, L.Create(-0.16425777754506696));
        w = L.MultiplyAdd(w, t, L.Create(0.21871968103946027));
        w = L.MultiplyAdd(w, t, L.Create(-0.2590680494895751));
        w = L.MultiplyAdd(w, t, L.Create(0.13699945762103835));
        var tail = L.Multiply(Exp(L.Negate(L.Multiply(z, z))), w);
        return L.Select(L.LessThan(x, L.Create(0)), L.Subtract(L.Create(2), tail), tail);
    }
}
