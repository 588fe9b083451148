using System.Diagnostics;

namespace Nabla.NativeAot;

/// <summary>Square matrices, multiplied over and over.</summary>
internal static class MatMulSpeed
{
    private const int Rounds = 41, PerRound = 10;

    /// <summary>GFLOP/s: the median of rounds that follow a second of warming up.</summary>
    public static double Measure(int size)
    {
        var (a, b) = (Tensor.Rand(size, size), Tensor.Rand(size, size));
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 1;)
            a.MatMul(b).Dispose();
        var seconds = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < PerRound; i++)
                a.MatMul(b).Dispose();
            seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds / PerRound;
        }

        Array.Sort(seconds);
        return 2.0 * size * size * size / seconds[Rounds / 2] / 1e9;
    }
}
