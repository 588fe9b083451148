namespace Nabla.Tests;

/// <summary>A block whose owner is alive is never given to another tenant, however hard threads rent, drop and sweep.</summary>
public sealed unsafe class UseAfterFreeTests
{
    [Fact]
    public void Owners_AliveInSeveralThreads_KeepTheirContents()
    {
        var pool = new FakeDevice(limit: 160L << 20).Pool;
        long corrupt = 0;
        var threads = Enumerable.Range(0, 4).Select(id => new Thread(() => Interlocked.Add(ref corrupt, Run(pool, id)))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Equal(0, corrupt);
        var s = pool.Statistics;
        Assert.True(s.Reclaims > 3, s.ToString());
        Owner.CollectAndSweep();
        Assert.Equal(0, pool.Statistics.Leased);
    }

    /// <summary>A ring of live tensors, each stamped; half of those replaced are disposed, half dropped. Returns the stamps that were not as left.</summary>
    private static long Run(HostMemoryPool pool, int id)
    {
        var random = new Random(id);
        var ring = new (Owner Owner, HostStorage Block, long Stamp)[16];
        long corrupt = 0;
        for (int i = 0; i < 4000; i++)
        {
            ref var entry = ref ring[random.Next(ring.Length)];
            if (entry.Owner is not null)
            {
                if (!Matches(entry.Block, entry.Stamp))
                    corrupt++;
                GC.KeepAlive(entry.Owner);
                if ((i & 1) == 0)
                    entry.Owner.Dispose();
            }

            var block = pool.Rent(random.Next(1 << 10, 1 << 20));
            long stamp = ((long)id << 32) | (uint)i;
            Stamp(block, stamp);
            entry = (new Owner(block), block, stamp);
        }

        foreach (var (owner, block, stamp) in ring)
        {
            if (owner is not null && !Matches(block, stamp))
                corrupt++;
            owner?.Dispose();
        }

        return corrupt;
    }

    private static void Stamp(HostStorage block, long stamp)
    {
        for (long at = 0; at < block.ByteLength - 8; at += 512)
            *(long*)(block.Pointer + at) = stamp + at;
    }

    private static bool Matches(HostStorage block, long stamp)
    {
        for (long at = 0; at < block.ByteLength - 8; at += 512)
            if (*(long*)(block.Pointer + at) != stamp + at)
                return false;
        return true;
    }
}
