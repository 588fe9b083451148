using System.Diagnostics.Metrics;

namespace Nabla.Tests;

public sealed class MemoryMetricsTests
{
    [Fact]
    public void Meter_Listening_SeesTheFiguresOfEachPool()
    {
        using var device = new FakeDevice("metered:1");
        var held = device.Pool.Rent(1000);
        device.Pool.Rent(100).Release();
        device.Pool.Trim();
        var seen = Observe("metered:1");
        Assert.Equal(1000, seen[Telemetry.MemoryLive]);
        Assert.Equal(1024, seen[Telemetry.MemoryLeased]);
        Assert.Equal(0, seen[Telemetry.MemoryCached]);
        Assert.Equal(1136, seen[Telemetry.MemoryPeak]);
        Assert.Equal(Pacing.SmallestTarget, seen[Telemetry.MemoryTarget]);
        Assert.Equal(2, seen[Telemetry.MemoryRents]);
        Assert.Equal(2, seen[Telemetry.MemoryAllocations]);
        held.Release();
    }

    [Fact]
    public void Meter_Reclaims_AreToldByCause()
    {
        using var device = new FakeDevice("metered:2", limit: 1 << 20);
        Owner.Drop(device.Pool, 100_000, 50);
        var s = device.Pool.Statistics;
        var seen = Observe("metered:2");
        Assert.True(s.Generation0.Count > 0);
        Assert.Equal(s.Generation0.Count, seen[$"{Telemetry.MemoryReclaims}:generation0"]);
        Assert.Equal(s.Generation0.Bytes, seen[$"{Telemetry.MemoryReclaimed}:generation0"]);
        Assert.Equal(s.Generation0.Time.TotalSeconds, seen[$"{Telemetry.MemoryReclaimTime}:generation0"], 1e-9);
        Assert.Equal(s.Sweeps.Count, seen[$"{Telemetry.MemoryReclaims}:sweep"]);
        Assert.Equal(s.Trims.Count, seen[$"{Telemetry.MemoryReclaims}:trim"]);
    }

    [Fact]
    public void Meter_ClosedPool_IsGone()
    {
        var device = new FakeDevice("metered:3");
        Assert.NotEmpty(Observe("metered:3"));
        device.Dispose();
        Assert.Empty(Observe("metered:3"));
    }

    private static Dictionary<string, double> Observe(string device)
    {
        var seen = new Dictionary<string, double>();
        using var host = new DeviceCatalog([]); // publishes the instruments
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == Telemetry.MeterName)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(seen, device, i.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(seen, device, i.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private static void Add(Dictionary<string, double> seen, string device, string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if ((string?)tags[0].Value == device)
            seen.Add(tags.Length > 1 ? $"{name}:{tags[1].Value}" : name, value);
    }
}
