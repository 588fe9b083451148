namespace Nabla.Peers;

/// <summary>Runs one piece of work on several threads at once, to see what the machine can do at most.</summary>
internal static class Crew
{
    /// <summary>Amount of work a second, all threads together. Each thread repeats its own piece and waits for no other.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="length">For how long.</param>
    /// <param name="amount">What one call of <paramref name="work"/> does.</param>
    /// <param name="work">The piece of the thread of that number.</param>
    public static double Rate(int threads, TimeSpan length, double amount, Action<int> work)
    {
        using var barrier = new Barrier(threads);
        var rates = new double[threads];
        var others = Enumerable.Range(1, threads - 1).Select(i => new Thread(() => rates[i] = Measure(i))).ToArray();
        foreach (var thread in others)
            thread.Start();
        rates[0] = Measure(0);
        foreach (var thread in others)
            thread.Join();
        return rates.Sum();

        double Measure(int thread)
        {
            work(thread);
            barrier.SignalAndWait();
            return amount / Repeated.Measure(() => work(thread), length);
        }
    }
}
