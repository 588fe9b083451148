using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>The promise: nobody disposes anything, nobody calls the collector, and memory stays flat.</summary>
public sealed class DroppedOwnerTests
{
    private const long MB = 1L << 20;

    [Fact]
    public void Drop_4MBTensors_MemoryStaysFlat()
    {
        var pool = new FakeDevice(limit: 4096 * MB).Pool;
        Owner.Drop(pool, 4 * MB, 2000); // 8 GB in all
        var s = pool.Statistics;
        Assert.InRange(s.Peak, 4 * MB, 400 * MB);
        Assert.InRange(s.Leased + s.Cached, 4 * MB, 600 * MB);
        Assert.InRange(s.Allocations, 1, 150);
        Assert.InRange(s.Reclaims, 10, 500);
        Assert.True(s.ReclaimTime > TimeSpan.Zero);
    }

    [Fact]
    public void Drop_SmallTensors_MemoryStaysFlat()
    {
        var pool = new FakeDevice(limit: 4096 * MB).Pool;
        for (int i = 0; i < 20; i++)
            Owner.Drop(pool, 20_000, 2000); // 0.8 GB in all
        Assert.InRange(pool.Statistics.Leased + pool.Statistics.Cached, 20_000, 600 * MB);
    }

    [Fact]
    public void Drop_GrowingSizes_TrimsWhatIsNoLongerUsed()
    {
        var pool = new FakeDevice(limit: 4096 * MB).Pool;
        long target = pool.Statistics.Target;
        for (int size = 1; size <= 40; size++)
        {
            Owner.Drop(pool, size * MB, 50); // 41 GB in all, in 20 classes
            target = Math.Max(target, pool.Statistics.Target);
        }

        var s = pool.Statistics;
        Assert.InRange(s.Leased + s.Cached, MB, 2 * target);
        Assert.InRange(s.Peak, MB, 4096 * MB); // no time passes between rents, so generation 2 is hardly due
        Assert.True(s.Trims.Count > 0 && s.Trims.Bytes > 0);
    }

    [Fact]
    public void Hold_LiveTensors_NothingIsTakenAndReclaimsStayFew()
    {
        var pool = new FakeDevice(limit: 4096 * MB).Pool;
        var held = new List<Owner>();
        for (int i = 0; i < 500; i++)
            held.Add(new Owner(pool.Rent(1 * MB)));
        var s = pool.Statistics;
        Assert.Equal(500 * MB, s.Leased);
        Assert.InRange(s.Reclaims, 1, 12); // the target grows with what is alive
        held.ForEach(o => o.Dispose());
        Assert.Equal(0, pool.Statistics.Leased);
    }

    [Fact]
    public void Drop_WrappedArrays_AreUnpinnedWithoutAnyRent()
    {
        var device = new FakeDevice();
        long before = WrappedArrays.Shared.Leased, most = 0;
        for (int i = 0; i < 1000; i++)
        {
            Wrap(device, 4 * MB); // 4 GB in all
            most = Math.Max(most, WrappedArrays.Shared.Leased);
        }

        Assert.InRange(most - before, 4 * MB, 700 * MB);
        Owner.CollectAndSweep();
        Assert.Equal(before, WrappedArrays.Shared.Leased);
    }

    /// <summary>Everything here again under the other collector: nothing may depend on which one a host runs.</summary>
    [Fact]
    public async Task Drop_UnderTheOtherCollector_HoldsToo()
    {
        const string marker = "NABLA_TESTS_OTHER_GC";
        if (Environment.GetEnvironmentVariable(marker) is not null)
            return;
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [marker] = "1", ["DOTNET_gcServer"] = System.Runtime.GCSettings.IsServerGC ? "0" : "1" },
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(DroppedOwnerTests).Assembly.Location);
        start.ArgumentList.Add("-class");
        start.ArgumentList.Add(typeof(DroppedOwnerTests).FullName!);
        using var process = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        string output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}\n{output}\n{await errors}");
        Assert.Contains("Total: 6, Errors: 0, Failed: 0", output);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Wrap(IDevice device, long bytes) => _ = new Owner(HostStorage.Wrap(device, GC.AllocateUninitializedArray<byte>((int)bytes)));
}
