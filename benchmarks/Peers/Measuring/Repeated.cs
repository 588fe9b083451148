using System.Diagnostics;

namespace Nabla.Peers;

/// <summary>Calls without a break for a given time, collections of garbage included.</summary>
internal static class Repeated
{
    /// <summary>Seconds of one call.</summary>
    public static double Measure(Action call, TimeSpan length)
    {
        long calls = 0, batch = 1, start = Stopwatch.GetTimestamp();
        while (true)
        {
            for (long i = 0; i < batch; i++)
                call();
            calls += batch;
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= length)
                return elapsed.TotalSeconds / calls;
            if (elapsed * 16 < length) // the clock is read seldom, yet the end is not missed by much
                batch *= 2;
        }
    }
}
