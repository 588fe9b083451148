using System.Diagnostics;
using System.Globalization;

namespace Nabla.Tests;

/// <summary>What the pool does on cores that others use, and what it leaves them when it has nothing to do.</summary>
public sealed class WorkerPoolLoadTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void For_BusyThreadsOnEveryCore_EndsWithTheRightResult(int threads)
    {
        const int Rounds = 100, Parts = 23;
        using var pool = new WorkerPool(threads);
        using var others = new BusyThreads(Environment.ProcessorCount);
        var body = new Summing { Sums = new long[Parts] };
        var caller = new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++) pool.For(Parts, ref body);
        })
        { IsBackground = true };
        caller.Start();
        Assert.True(caller.Join(Deadline));
        Assert.Equal(Enumerable.Range(0, Parts).Select(part => Rounds * Summing.Of(part)), body.Sums);
    }

    [Fact]
    public void For_Ended_LeavesTheProcessorAlone()
    {
        const int Threads = 3;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux names the thread that asks");
        using var pool = new WorkerPool(Threads);
        var body = new Naming { Barrier = new Barrier(Threads), Ids = new int[Threads] };
        pool.For(Threads, ref body);
        var workers = body.Ids[1..];

        // That the figure is theirs: it grows while they work.
        var working = new Summing { Sums = new long[1000] };
        var clock = Stopwatch.StartNew();
        var least = ProcessorTime(workers) + TimeSpan.FromMilliseconds(50);
        while (ProcessorTime(workers) < least)
        {
            Assert.True(clock.Elapsed < Deadline);
            pool.For(working.Sums.Length, ref working);
        }

        var before = ProcessorTime(workers);
        Thread.Sleep(1000);
        Assert.InRange(ProcessorTime(workers) - before, TimeSpan.Zero, TimeSpan.FromMilliseconds(100)); // spinning, they would take all they get
    }

    private static TimeSpan ProcessorTime(int[] threads)
    {
        using var process = Process.GetCurrentProcess();
        var ours = process.Threads.Cast<ProcessThread>().Where(t => threads.Contains(t.Id)).ToList();
        Assert.Equal(threads.Length, ours.Count);
        return TimeSpan.FromTicks(ours.Sum(t => t.TotalProcessorTime.Ticks));
    }

    /// <summary>Parts long enough to be interrupted in.</summary>
    private struct Summing : IParallelBody
    {
        private const int Terms = 20_000;

        public long[] Sums;

        public static long Of(int part) => (long)part * Terms * (Terms + 1) / 2;

        public readonly void Run(int part)
        {
            var sum = 0L;
            for (var i = 1; i <= Terms; i++) sum += (long)part * i;
            Sums[part] += sum;
        }
    }

    /// <summary>Notes the system's number of the thread that ran a part; each thread runs one, since none ends before all have begun.</summary>
    private struct Naming : IParallelBody
    {
        public Barrier Barrier;
        public int[] Ids;

        public readonly void Run(int part)
        {
            Ids[part] = int.Parse(Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!), CultureInfo.InvariantCulture);
            Assert.True(Barrier.SignalAndWait(Deadline));
        }
    }

    /// <summary>Threads that take all the processor time that they get.</summary>
    private sealed class BusyThreads : IDisposable
    {
        private readonly List<Thread> _threads = [];
        private volatile bool _ended;

        public BusyThreads(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var thread = new Thread(Spin) { IsBackground = true };
                thread.Start();
                _threads.Add(thread);
            }
        }

        public void Dispose()
        {
            _ended = true;
            foreach (var thread in _threads) thread.Join();
        }

        private void Spin()
        {
            while (!_ended) Thread.SpinWait(1000);
        }
    }
}
