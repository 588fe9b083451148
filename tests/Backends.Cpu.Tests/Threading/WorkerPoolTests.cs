using System.Runtime.CompilerServices;

namespace Nabla.Tests;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void For_ManyRounds_RunsEachPartOnce(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var round = 0; round < 2000; round++)
        {
            var parts = round % 23;
            var body = new Counting { Hits = new int[parts] };
            pool.For(parts, ref body);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    /// <summary>Bodies without references are copied for workers where they are small.</summary>
    [Fact]
    public unsafe void For_BodiesOfPointers_ReachEveryPart()
    {
        const int Parts = 9;
        using var pool = new WorkerPool(3);
        var sums = stackalloc long[Parts];
        for (var round = 0; round < 500; round++)
        {
            var small = new Adding<long> { Sums = sums, Padding = round, Addend = round };
            pool.For(Parts, ref small);
            var large = new Adding<Large> { Sums = sums, Padding = default, Addend = round };
            pool.For(Parts, ref large);
        }

        for (var part = 0; part < Parts; part++) Assert.Equal(2 * (499 * 500 / 2) + 1000 * part, sums[part]);
    }

    [Fact]
    public void For_AfterWorkersSlept_WakesThem()
    {
        using var pool = new WorkerPool(3);
        for (var round = 0; round < 5; round++)
        {
            Thread.Sleep(20);
            var body = new Meeting { Barrier = new Barrier(3) };
            pool.For(3, ref body);
            Assert.Equal(1, body.Barrier.CurrentPhaseNumber);
        }
    }

    [Fact]
    public void For_AsManyPartsAsThreads_KeepsEachPartOnItsThread()
    {
        using var pool = new WorkerPool(3);
        var threads = new int[3];
        var body = new Meeting { Barrier = new Barrier(3), Threads = threads };
        pool.For(3, ref body);
        int[] before = [.. threads];
        for (var round = 0; round < 100; round++) pool.For(3, ref body);
        Assert.Equal(before, threads);
        Assert.Equal(Environment.CurrentManagedThreadId, before[0]);
    }

    [Fact]
    public void For_BriefCalls_RunEachPartOnce()
    {
        using var pool = new WorkerPool(3);
        for (var round = 0; round < 200; round++)
        {
            if (round % 20 == 0) Thread.Sleep(2);   // long enough for workers to fall asleep
            var body = new Counting { Hits = new int[7] };
            pool.For(7, ref body, brief: true);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void For_OneBriefCall_StartsNoThread()
    {
        using var pool = new WorkerPool(2);
        var body = new Slow { Threads = new int[2] };
        pool.For(2, ref body, brief: true);
        Assert.All(body.Threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void For_BriefCallsInARow_WakeOrStartWorkers(bool started)
    {
        using var pool = new WorkerPool(2);
        if (started)
        {
            var first = new Counting { Hits = new int[2] };
            pool.For(2, ref first);
            Thread.Sleep(20);
        }

        var body = new Slow { Threads = new int[2] };
        for (var round = 0; round < 5000 && (round == 0 || body.Threads[1] == Environment.CurrentManagedThreadId); round++)
            pool.For(2, ref body, brief: true);
        Assert.NotEqual(Environment.CurrentManagedThreadId, body.Threads[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void For_PartsThrow_RunsTheOthersAndRethrowsTheLowest(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var round = 0; round < 200; round++)
        {
            var body = new Failing { Hits = new int[9] };
            var error = Assert.Throws<InvalidOperationException>(() => pool.For(9, ref body));
            Assert.Equal("part 3", error.Message);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }

        var after = new Counting { Hits = new int[8] };
        pool.For(8, ref after);
        Assert.All(after.Hits, hits => Assert.Equal(1, hits));
    }

    [Fact]
    public void For_CallerInterrupted_WaitsForItsPartsAllTheSame()
    {
        using var pool = new WorkerPool(2);
        var body = new Held { Barrier = new Barrier(2), Release = new ManualResetEventSlim(), Ended = new bool[2] };
        Exception? failure = null;
        bool interrupted = false;
        var caller = new Thread(() =>
        {
            try
            {
                pool.For(2, ref body);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            try
            {
                Thread.Sleep(20_000);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        caller.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref body.Ended[0]), TimeSpan.FromSeconds(20)));
        caller.Interrupt();
        Assert.False(caller.Join(100));   // the other part has not ended
        body.Release.Set();
        caller.Join();
        Assert.Null(failure);
        Assert.True(body.Ended[1]);
        Assert.True(interrupted);         // by what it blocked on next
    }

    [Fact]
    public void For_InsideAPart_RunsInline()
    {
        using var pool = new WorkerPool(3);
        var body = new Nested { Pool = pool, Hits = new int[6 * 5] };
        pool.For(6, ref body);
        Assert.All(body.Hits, hits => Assert.Equal(1, hits));
    }

    [Fact]
    public void For_WhileAnotherThreadHasThePool_RunsInlineWithoutWaiting()
    {
        using var pool = new WorkerPool(2);
        var held = new Held { Barrier = new Barrier(2), Release = new ManualResetEventSlim(), Ended = new bool[2] };
        var other = new Thread(() => pool.For(2, ref held));
        other.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref held.Ended[0]), TimeSpan.FromSeconds(20)));
        var body = new Slow { Threads = new int[5] };
        pool.For(5, ref body);
        Assert.All(body.Threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
        Assert.False(held.Ended[1]);      // the other call was under way all the time
        held.Release.Set();
        other.Join();
        Assert.True(held.Ended[1]);
    }

    [Fact]
    public void For_StarvedThreadPool_StillUsesItsOwnThreads()
    {
        var release = new ManualResetEventSlim();   // not disposed: queued items look at it after the test has ended
        ThreadPool.GetMinThreads(out var workers, out _);
        for (var i = 0; i < workers * 4; i++) ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
        using var pool = new WorkerPool(3);
        var body = new Meeting { Barrier = new Barrier(3) };
        pool.For(3, ref body);
        release.Set();
        Assert.Equal(1, body.Barrier.CurrentPhaseNumber);
    }

    [Fact]
    public void For_AfterDispose_RunsInline()
    {
        var pool = new WorkerPool(3);
        var body = new Counting { Hits = new int[4] };
        pool.For(4, ref body);
        pool.Dispose();
        pool.For(4, ref body);
        Assert.All(body.Hits, hits => Assert.Equal(2, hits));
    }

    [Fact]
    public void For_Warm_AllocatesNothing()
    {
        using var pool = new WorkerPool(2);
        var body = new Counting { Hits = new int[4] };
        Assert.Equal(0, Allocation.Least(100, () => pool.For(4, ref body)));
    }

    [Fact]
    public void Constructor_NegativeThreads_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(-1));

    private struct Counting : IParallelBody
    {
        public int[] Hits;

        public readonly void Run(int part) => Interlocked.Increment(ref Hits[part]);
    }

    private unsafe struct Adding<TPadding> : IParallelBody where TPadding : unmanaged
    {
        public long* Sums;
        public TPadding Padding;
        public int Addend;   // the last bytes of the body

        public readonly void Run(int part) => Sums[part] += Addend + part;
    }

    [InlineArray(1000)]
    private struct Large
    {
        private byte _first;
    }

    private struct Failing : IParallelBody
    {
        public int[] Hits;

        public readonly void Run(int part)
        {
            Interlocked.Increment(ref Hits[part]);
            if (part >= 3) throw new InvalidOperationException($"part {part}");
        }
    }

    /// <summary>Ends only when three threads are inside at once.</summary>
    private struct Meeting : IParallelBody
    {
        public Barrier Barrier;
        public int[]? Threads;

        public readonly void Run(int part)
        {
            Threads?[part] = Environment.CurrentManagedThreadId;
            Assert.True(Barrier.SignalAndWait(TimeSpan.FromSeconds(20)));
        }
    }

    /// <summary>Two threads are inside at once; then the second part is held until it is released.</summary>
    private struct Held : IParallelBody
    {
        public Barrier Barrier;
        public ManualResetEventSlim Release;
        public bool[] Ended;

        public readonly void Run(int part)
        {
            Assert.True(Barrier.SignalAndWait(TimeSpan.FromSeconds(20)));
            if (part == 1) Release.Wait();
            Volatile.Write(ref Ended[part], true);
        }
    }

    /// <summary>Parts long enough for a woken thread to take one.</summary>
    private struct Slow : IParallelBody
    {
        public int[] Threads;

        public readonly void Run(int part)
        {
            Threads[part] = Environment.CurrentManagedThreadId;
            Thread.Sleep(1);
        }
    }

    private struct Nested : IParallelBody
    {
        public WorkerPool Pool;
        public int[] Hits;

        public readonly void Run(int part)
        {
            var inner = new Inner { Hits = Hits, First = part * 5 };
            Pool.For(5, ref inner);
        }
    }

    private struct Inner : IParallelBody
    {
        public int[] Hits;
        public int First;

        public readonly void Run(int part) => Interlocked.Increment(ref Hits[First + part]);
    }
}
