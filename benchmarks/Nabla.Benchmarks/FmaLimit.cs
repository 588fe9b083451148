using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>The machine's limit for the rows of matrix products: fused multiply-adds on registers alone, one thread.</summary>
public class FmaLimit
{
    private const int Chains = 10, Rounds = 10_000;

    /// <summary>Floating point operations of one call: 2 per lane, 10 independent chains, 10,000 rounds.</summary>
    public static long Operations => 2L * Vector512<float>.Count * Chains * Rounds;

    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float RegistersOnly()
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
