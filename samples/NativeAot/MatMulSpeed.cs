using System.Diagnostics;

namespace Nabla.NativeAot;

/// <summary>Square matrices, multiplied over and over.</summary>
internal static class MatMulSpeed
{
    private const int Rounds = 41;
    private const double FlopsPerRound = 2e9;

    /// <summary>GFLOP/s: the median of rounds that follow half a second of warming up.</summary>
    public static double Measure(int size)
    {
        double flops = 2.0 * size * size * size;
        int perRound = (int)Math.Max(1, FlopsPerRound / flops);
        var (a, b) = (Tensor.Rand(size, size), Tensor.Rand(size, size));
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5;)
            a.MatMul(b).Dispose();
        var seconds = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < perRound; i++)
                a.MatMul(b).Dispose();
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds / perRound;
        }

        Array.Sort(seconds);
        return flops / seconds[Rounds / 2] / 1e9;
    }
}
