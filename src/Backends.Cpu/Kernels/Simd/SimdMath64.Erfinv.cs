using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// The inverse of the error function, from w = -log(1 - x^2): a rounding error of w counts little, near 0 because w counts little there itself,
/// near 1 because w is large.
/// </content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>x times a polynomial of w up to 5, where |x| is 0.9966; beyond, polynomials of sqrt(w). A call of its own: see <see cref="Lgamma"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Erfinv(V x)
    {
        V z = L.Abs(x), one = L.Create(1), sign = L.And(x, L.Create(-0.0));
        var w = L.Negate(Log(L.Multiply(L.Subtract(one, z), L.Add(one, z)))); // beyond 1 NaN

        // erfinv(x) / x of w
        var p = L.MultiplyAdd(L.Create(-6.890747263782666e-20), w, L.Create(3.960001804019825e-18));
        p = L.MultiplyAdd(p, w, L.Create(-1.0350553716829025e-16));
        p = L.MultiplyAdd(p, w, L.Create(1.6090319045571103e-15));
        p = L.MultiplyAdd(p, w, L.Create(-1.6256824781182754e-14));
        p = L.MultiplyAdd(p, w, L.Create(1.0889621576168297e-13));
        p = L.MultiplyAdd(p, w, L.Create(-4.720191835482685e-13));
        p = L.MultiplyAdd(p, w, L.Create(1.3241519030404648e-12));
        p = L.MultiplyAdd(p, w, L.Create(-4.024889366473407e-12));
        p = L.MultiplyAdd(p, w, L.Create(2.163123461334697e-11));
        p = L.MultiplyAdd(p, w, L.Create(-3.19816551203337e-11));
        p = L.MultiplyAdd(p, w, L.Create(-5.034243614405025e-10));
        p = L.MultiplyAdd(p, w, L.Create(7.328493332230435e-10));
        p = L.MultiplyAdd(p, w, L.Create(2.2810717376713785e-08));
        p = L.MultiplyAdd(p, w, L.Create(-3.7305538432280765e-08));
        p = L.MultiplyAdd(p, w, L.Create(-1.0125499088838222e-06));
        p = L.MultiplyAdd(p, w, L.Create(2.0199875410115092e-06));
        p = L.MultiplyAdd(p, w, L.Create(4.6611440619793335e-05));
        p = L.MultiplyAdd(p, w, L.Create(-0.00012804329426957493));
        p = L.MultiplyAdd(p, w, L.Create(-0.0023351016416132786));
        p = L.MultiplyAdd(p, w, L.Create(0.011549342038271269));
        p = L.MultiplyAdd(p, w, L.Create(0.23201366653465447));
        p = L.MultiplyAdd(p, w, L.Create(0.886226925452758));
        var result = L.Multiply(p, x);

        var far = L.LessThan(L.Create(5), w);
        if (L.Bits(far) == 0)
            return result;
        result = L.Select(far, L.Or(ErfinvFar(L.Sqrt(w)), sign), result);
        return L.Select(L.Equal(z, one), L.Or(L.Create(double.PositiveInfinity), sign), result);
    }

    /// <summary>erfinv of s = sqrt(w), from sqrt(5) to 6.1, which is of the last number before 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfinvFar(V s)
    {
        // To 4, of s - 3.125
        var t = L.Subtract(s, L.Create(3.125));
        var p = L.MultiplyAdd(L.Create(-1.6960574556981817e-11), t, L.Create(1.8723380601512324e-09));
        p = L.MultiplyAdd(p, t, L.Create(-5.0203642948868665e-09));
        p = L.MultiplyAdd(p, t, L.Create(-3.926770504442215e-09));
        p = L.MultiplyAdd(p, t, L.Create(4.070303430421778e-08));
        p = L.MultiplyAdd(p, t, L.Create(-8.018944771154927e-08));
        p = L.MultiplyAdd(p, t, L.Create(-1.58478472599319e-08));
        p = L.MultiplyAdd(p, t, L.Create(5.02737260440573e-07));
        p = L.MultiplyAdd(p, t, L.Create(-1.3101629424850104e-06));
        p = L.MultiplyAdd(p, t, L.Create(8.435103003965295e-07));
        p = L.MultiplyAdd(p, t, L.Create(4.944772847998918e-06));
        p = L.MultiplyAdd(p, t, L.Create(-1.960093769608237e-05));
        p = L.MultiplyAdd(p, t, L.Create(3.379019141999035e-05));
        p = L.MultiplyAdd(p, t, L.Create(2.3163568932611443e-06));
        p = L.MultiplyAdd(p, t, L.Create(-0.0002328540539662359));
        p = L.MultiplyAdd(p, t, L.Create(0.0009990225603038986));
        p = L.MultiplyAdd(p, t, L.Create(-0.00290936858658123));
        p = L.MultiplyAdd(p, t, L.Create(0.005654484494036085));
        p = L.MultiplyAdd(p, t, L.Create(1.0042204689018412));
        p = L.MultiplyAdd(p, t, L.Create(2.9582352587111456));
        var last = L.LessThan(L.Create(4), s); // of numbers nearer to 1 than 5e-8
        if (L.Bits(last) == 0)
            return p;

        // From 4, of s - 5
        t = L.Subtract(s, L.Create(5));
        var q = L.MultiplyAdd(L.Create(1.330781860435585e-12), t, L.Create(-7.086774506654288e-12));
        q = L.MultiplyAdd(q, t, L.Create(1.9181505668217025e-11));
        q = L.MultiplyAdd(q, t, L.Create(-3.984888150263222e-11));
        q = L.MultiplyAdd(q, t, L.Create(5.937459661073548e-11));
        q = L.MultiplyAdd(q, t, L.Create(4.6900267378973037e-11));
        q = L.MultiplyAdd(q, t, L.Create(-1.0156100595523512e-09));
        q = L.MultiplyAdd(q, t, L.Create(6.7670269434237005e-09));
        q = L.MultiplyAdd(q, t, L.Create(-3.753527504373655e-08));
        q = L.MultiplyAdd(q, t, L.Create(1.9420938910425909e-07));
        q = L.MultiplyAdd(q, t, L.Create(-9.585138520762843e-07));
        q = L.MultiplyAdd(q, t, L.Create(4.4971864412546555e-06));
        q = L.MultiplyAdd(q, t, L.Create(-1.966172701556819e-05));
        q = L.MultiplyAdd(q, t, L.Create(7.598401190894687e-05));
        q = L.MultiplyAdd(q, t, L.Create(-0.00021502518740605352));
        q = L.MultiplyAdd(q, t, L.Create(-0.00013872089842670608));
        q = L.MultiplyAdd(q, t, L.Create(1.0103004651943055));
        q = L.MultiplyAdd(q, t, L.Create(4.8499064013749065));
        return L.Select(last, q, p);
    }
}
