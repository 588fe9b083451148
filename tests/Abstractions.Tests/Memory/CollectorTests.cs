namespace Nabla.Tests;

public sealed class CollectorTests
{
    [Fact]
    public void Collect_ByThreadsThatWaitedForAnother_DoesNotCollectAgain()
    {
        const int Waiting = 8;
        Collector.Shared.Collect(0);
        var threads = Enumerable.Range(0, Waiting).Select(_ => new Thread(() => Collector.Shared.Collect(0))).ToArray();
        int before;
        lock (Collector.Shared.Gate)
        {
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromMinutes(1)));
            GC.Collect(0); // what they wait for
            before = GC.CollectionCount(0);
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.InRange(GC.CollectionCount(0) - before, 0, Waiting / 2); // the runtime itself may have collected, not once for each
    }
}
