using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Peers;

/// <summary>The most floating point operations a second: fused multiply-adds on registers alone.</summary>
internal static class FmaLimit
{
    private const int Chains = 12, Rounds = 10_000; // chains hide the latency of one: 4 cycles, two units

    /// <summary>Operations a second of all threads together.</summary>
    public static double Measure(string dtype, int threads, TimeSpan length) => (dtype, Avx512F.IsSupported) switch
    {
        ("float32", true) => Measure<Float32In512, Vector512<float>>(threads, length),
        ("float32", false) => Measure<Float32In256, Vector256<float>>(threads, length),
        ("float64", true) => Measure<Float64In512, Vector512<double>>(threads, length),
        ("float64", false) => Measure<Float64In256, Vector256<double>>(threads, length),
        _ => throw new ArgumentException($"no limit for {dtype}.", nameof(dtype)),
    };

    private static double Measure<TLanes, TVector>(int threads, TimeSpan length)
        where TLanes : IFmaLanes<TVector>
        where TVector : struct
    {
        var sinks = new TVector[threads];
        return Crew.Rate(threads, length, 2.0 * TLanes.Count * Chains * Rounds, thread => sinks[thread] = Registers<TLanes, TVector>());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Registers<TLanes, TVector>()
        where TLanes : IFmaLanes<TVector>
    {
        var (x, y) = (TLanes.Create(0.999), TLanes.Create(0.001));
        TVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = TLanes.MultiplyAdd(a, x, y);
            b = TLanes.MultiplyAdd(b, x, y);
            c = TLanes.MultiplyAdd(c, x, y);
            d = TLanes.MultiplyAdd(d, x, y);
            e = TLanes.MultiplyAdd(e, x, y);
            f = TLanes.MultiplyAdd(f, x, y);
            g = TLanes.MultiplyAdd(g, x, y);
            h = TLanes.MultiplyAdd(h, x, y);
            i = TLanes.MultiplyAdd(i, x, y);
            j = TLanes.MultiplyAdd(j, x, y);
            k = TLanes.MultiplyAdd(k, x, y);
            l = TLanes.MultiplyAdd(l, x, y);
        }

        // Used, so that no chain is dropped.
        a = TLanes.MultiplyAdd(a, b, c);
        d = TLanes.MultiplyAdd(d, e, f);
        g = TLanes.MultiplyAdd(g, h, i);
        j = TLanes.MultiplyAdd(j, k, l);
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(a, d, g), x, j);
    }
}
