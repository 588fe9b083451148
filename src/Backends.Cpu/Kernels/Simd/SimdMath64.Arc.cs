using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>Arc tangents: of float32 numbers that come as float64, from one polynomial, whose relative error of 5e-11 leaves digits to spare; and of float64.</content>
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

    /// <summary>
    /// atan(x) with float64's digits: right angles or halves of them from 1 and from 2.41 on, and the angle of a quotient of at most tan(pi/8). What the
    /// quotient and the sum round off goes into the last sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtanExact(V x)
    {
        V z = L.MinNative(L.Create(1e300), L.Abs(x)), one = L.Create(1), zero = L.Create(0); // where 1 / z is finite and not 0. NaN passes
        V middle = L.LessThan(L.Create(0.41421356237309503), z), steep = L.LessThan(L.Create(2.414213562373095), z);
        V less = L.Subtract(z, one), more = L.Add(z, one);
        V over = L.Select(steep, L.Create(-1), L.Select(middle, less, z)), under = L.Select(steep, z, L.Select(middle, more, one));
        var rounds = L.And(middle, L.Not(steep));
        V overLow = L.And(rounds, L.Subtract(z, L.Add(less, one))), underLow = L.And(rounds, L.Subtract(z, L.Subtract(more, one)));
        var inverse = L.Divide(one, under);
        V q = L.Multiply(over, inverse), minus = L.Negate(q);
        var rest = L.Multiply(inverse, L.Add(L.MultiplyAdd(minus, under, over), L.MultiplyAdd(minus, underLow, overLow)));
        var square = L.Multiply(q, q);

        // (atan(q) - q) / q^3 of q^2, to tan(pi/8)
        var p = L.MultiplyAdd(L.Create(-0.01917688704748212), square, L.Create(0.039231658237138915));
        p = L.MultiplyAdd(p, square, L.Create(-0.050854497359171004));
        p = L.MultiplyAdd(p, square, L.Create(0.058581489124155936));
        p = L.MultiplyAdd(p, square, L.Create(-0.06664511447337443));
        p = L.MultiplyAdd(p, square, L.Create(0.07692183190822927));
        p = L.MultiplyAdd(p, square, L.Create(-0.09090904578123767));
        p = L.MultiplyAdd(p, square, L.Create(0.11111111015256359));
        p = L.MultiplyAdd(p, square, L.Create(-0.14285714284666542));
        p = L.MultiplyAdd(p, square, L.Create(0.1999999999999552));
        p = L.MultiplyAdd(p, square, L.Create(-0.3333333333333333));
        rest = L.MultiplyAdd(L.Multiply(q, square), p, rest);

        V start = L.Select(steep, L.Create(Math.PI / 2), L.Select(middle, L.Create(Math.PI / 4), zero)), sum = L.Add(start, q);
        rest = L.MultiplyAdd(start, L.Create(RightAngleLacks), rest);
        return L.Or(L.Add(sum, L.Add(L.Add(L.Subtract(start, sum), q), rest)), L.And(x, L.Create(-0.0)));
    }
}
