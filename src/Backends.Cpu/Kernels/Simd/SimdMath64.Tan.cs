using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// The tangent. r is what is left of x without multiples of pi/2, top = 2 tan(r/2), bottom = 1 - top^2/4: tan(r) = top / bottom and
/// tan(r + pi/2) = -bottom / top. |x| at most <see cref="LargestAngle"/>.
/// </content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>To float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanSingle(V x)
    {
        var rounded = L.MultiplyAdd(x, L.Create(0.6366197723675814), L.Create(Magic));
        var n = L.Subtract(rounded, L.Create(Magic));
        var r = L.MultiplyAdd(n, L.Create(-1.5707963267341256), x);
        r = L.MultiplyAdd(n, L.Create(-6.077100506303966e-11), r);
        r = L.MultiplyAdd(n, L.Create(-2.0222662487959506e-21), r);
        var square = L.Multiply(r, r);

        // (2 tan(r/2) - r) / r^3 of r^2
        var p = L.MultiplyAdd(L.Create(1.0158203360076429e-05), square, L.Create(8.458955019452546e-05));
        p = L.MultiplyAdd(p, square, L.Create(0.0008434413704854169));
        p = L.MultiplyAdd(p, square, L.Create(0.00833331878428405));
        p = L.MultiplyAdd(p, square, L.Create(0.0833333335130955));
        var top = L.MultiplyAdd(L.Multiply(r, square), p, r);
        var bottom = L.MultiplyAdd(L.Multiply(top, L.Create(-0.25)), top, L.Create(1));
        var odd = L.LessThan(L.Or(L.ShiftLeft64(rounded, 63), L.Create(1)), L.Create(0));
        return L.Divide(L.Select(odd, L.Negate(bottom), top), L.Select(odd, top, bottom));
    }

    /// <summary>All that the steps round off goes into the last one, where multiplication with addition is fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanExact(V x)
    {
        var rounded = L.MultiplyAdd(x, L.Create(0.6366197723675814), L.Create(Magic));
        var n = L.Subtract(rounded, L.Create(Magic));

        // The parts of pi/2 of SinCos: their products with n are exact. Beside multiples of pi/2 each part may be larger than what the ones before leave.
        V first = L.MultiplyAdd(n, L.Create(-1.5707963267341256), x);
        V second = SumOf(first, L.Multiply(n, L.Create(-6.077100506303966e-11)), out var secondLow);
        V third = SumOf(second, L.Multiply(n, L.Create(-2.0222662487111665e-21)), out var thirdLow);
        var low = L.MultiplyAdd(n, L.Create(-8.4784276603689e-32), L.Add(secondLow, thirdLow));
        var r = L.Add(third, low);
        low = L.Add(L.Subtract(third, r), low);
        var square = L.Multiply(r, r);

        // (2 tan(r/2) - r) / r^3 of r^2
        var p = L.MultiplyAdd(L.Create(1.2168497403445593e-09), square, L.Create(8.631201942214916e-09));
        p = L.MultiplyAdd(p, square, L.Create(8.909524237912226e-08));
        p = L.MultiplyAdd(p, square, L.Create(8.768964711800309e-07));
        p = L.MultiplyAdd(p, square, L.Create(8.655522401899023e-06));
        p = L.MultiplyAdd(p, square, L.Create(8.542768730646059e-05));
        p = L.MultiplyAdd(p, square, L.Create(0.0008432539683919827));
        p = L.MultiplyAdd(p, square, L.Create(0.008333333333330134));
        p = L.MultiplyAdd(p, square, L.Create(0.08333333333333334));
        p = L.MultiplyAdd(L.Multiply(r, square), p, low);
        V top = L.Add(r, p), topLow = L.Add(L.Subtract(r, top), p), quarter = L.Multiply(top, L.Create(-0.25)), one = L.Create(1);
        V bottom = L.MultiplyAdd(quarter, top, one);
        var bottomLow = L.MultiplyAdd(L.Add(quarter, quarter), topLow, L.MultiplyAdd(quarter, top, L.Subtract(one, bottom)));

        var odd = L.LessThan(L.Or(L.ShiftLeft64(rounded, 63), one), L.Create(0));
        V over = L.Select(odd, L.Negate(bottom), top), under = L.Select(odd, top, bottom);
        V overLow = L.Select(odd, L.Negate(bottomLow), topLow), underLow = L.Select(odd, topLow, bottomLow);
        var inverse = L.Divide(one, under);
        V y = L.Multiply(over, inverse), minus = L.Negate(y);
        var rest = L.Add(L.MultiplyAdd(minus, under, over), L.MultiplyAdd(minus, underLow, overLow));
        return L.Select(L.Equal(x, L.Create(0)), x, L.MultiplyAdd(rest, inverse, y)); // -0 keeps its sign
    }

    /// <summary>x + y and what that rounds off, whichever is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumOf(V x, V y, out V low)
    {
        V sum = L.Add(x, y), part = L.Subtract(sum, x);
        low = L.Add(L.Subtract(x, L.Subtract(sum, part)), L.Subtract(y, part));
        return sum;
    }
}
