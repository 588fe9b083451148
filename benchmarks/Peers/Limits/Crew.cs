namespace Nabla.Peers;

/// <summary>Runs one piece of work on several threads at once, to see what the machine can do at most.</summary>
internal static class Crew
{
    private const int Tries = 4;
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// Amount of work a second, all threads together: the best of some tries, as a limit should be. Each thread repeats its own piece and waits for no other.
    /// </summary>
    /// <param name="threads">How many.</param>
    /// <param name="amount">What one call of <paramref name="work"/> does.</param>
    /// <param name="work">The piece of the thread of that number.</param>
    public static double Best(int threads, double amount, Action<int> work)
    {
        double best = 0;
        for (int i = 0; i < Tries; i++)
            best = Math.Max(best, Once(threads, amount, work));
        return best;
    }

    private static double Once(int threads, double amount, Action<int> work)
    {
        using var barrier = new Barrier(threads);
        var rates = new double[threads];
        var others = Enumerable.Range(1, threads - 1).Select(i => new Thread(() => rates[i] = Rate(i))).ToArray();
        foreach (var thread in others)
            thread.Start();
        rates[0] = Rate(0);
        foreach (var thread in others)
            thread.Join();
        return rates.Sum();

        double Rate(int thread)
        {
            work(thread);
            barrier.SignalAndWait();
            return amount / Repeated.Measure(() => work(thread), Length);
        }
    }
}
