namespace Nabla.Tests;

/// <summary>What code allocates on the thread that calls it.</summary>
internal static class Allocation
{
    /// <summary>
    /// Bytes of so many calls in a row: the least of several rounds. The runtime itself allocates now and then (tiers of compilation,
    /// statics at their first use, a buffer of a thread that had no part of the work before), in some rounds; what the code allocates is
    /// in every one.
    /// </summary>
    public static long Least(int calls, Action call)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 20 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++)
                call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
