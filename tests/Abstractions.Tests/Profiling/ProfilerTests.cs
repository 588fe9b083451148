using System.Globalization;
using System.Text.Json;

namespace Nabla.Tests.Profiling;

public sealed class ProfilerTests
{
    private static readonly Ambient NoGrad = Ambient.Default with { GradMode = false };

    private readonly FakeDevice _device = new();

    [Fact]
    public void Rows_OfCalls_CountThemWithTheirBytes()
    {
        var (x, y) = (Tensor(4, 8), Tensor(8));
        using var profile = Profiler.Start();
        for (int i = 0; i < 3; i++)
            Run(BinaryOp.Add, x, y);
        Dispatch.Execute(_device, UnaryOp.Exp, [x], default, x);
        var add = Assert.Single(profile.Rows, r => r.Name == "add");
        Assert.Equal((3L, 3 * 128L, 3 * (128L + 32 + 128)), (add.Calls, add.Allocated, add.Moved));
        Assert.Equal(("", false, "fake"), (add.Inputs, add.IsBackward, $"{add.Device}"));
        Assert.True(add.Total > TimeSpan.Zero);
        Assert.Equal(add.Total / 3, add.Mean);
        var exp = Assert.Single(profile.Rows, r => r.Name == "exp");
        Assert.Equal((1L, 0L, 256L), (exp.Calls, exp.Allocated, exp.Moved)); // in place: nothing new
    }

    [Fact]
    public void Rows_ExpandedInput_MovesWhatIsStored()
    {
        var row = Dispatch.View(new ExpandOp([100, 8]), Tensor(1, 8))!;
        using var profile = Profiler.Start();
        Run(UnaryOp.Exp, row);
        Assert.Equal(32 + 3200, Assert.Single(profile.Rows).Moved);
    }

    [Fact]
    public void Rows_AfterDispose_StayAsTheyWere()
    {
        var x = Tensor(2);
        var profile = Profiler.Start();
        Run(UnaryOp.Exp, x);
        profile.Dispose();
        profile.Dispose();
        var elapsed = profile.Elapsed;
        Run(UnaryOp.Exp, x);
        Assert.Equal(1, Assert.Single(profile.Rows).Calls);
        Assert.Equal(elapsed, profile.Elapsed);
        Assert.Null(Ambient.Current);
    }

    [Fact]
    public void Rows_RecordShapes_TellsInputsApart()
    {
        using var profile = Profiler.Start(new() { RecordShapes = true });
        Run(BinaryOp.Add, Tensor(4, 8), Tensor(8));
        Run(BinaryOp.Add, Tensor(4, 8), Tensor(8));
        Run(BinaryOp.Add, Tensor(2), Tensor(2));
        Assert.Equal(
            [("float32[2], float32[2]", 1L), ("float32[4, 8], float32[8]", 2L)],
            profile.Rows.Select(r => (r.Inputs, r.Calls)).OrderBy(r => r.Inputs, StringComparer.Ordinal));
        Assert.Contains("float32[4, 8], float32[8]", profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_Composite_ShowsItsPartsInARange()
    {
        using var profile = Profiler.Start();
        Run(new SoftmaxOp(1), Tensor(4, 5));
        Assert.Contains(profile.Rows, r => r.Name == "exp");
        Assert.DoesNotContain(profile.Rows, r => r.Name == "softmax");
        Assert.Equal(1, Assert.Single(profile.Ranges, r => r.Name == "softmax").Calls);
    }

    [Fact]
    public void Rows_ClaimedComposite_IsOne()
    {
        _device.ClaimsComposite = op => op is SoftmaxOp;
        using var profile = Profiler.Start();
        Run(new SoftmaxOp(1), Tensor(4, 5));
        Assert.Equal("softmax", Assert.Single(profile.Rows).Name);
        Assert.Empty(profile.Ranges);
    }

    [Fact]
    public void Rows_ACallThatFails_IsLeftOut()
    {
        using var profile = Profiler.Start();
        _device.Fails = true;
        Assert.Throws<InvalidOperationException>(() => Run(UnaryOp.Exp, Tensor(2)));
        _device.Fails = false;
        Run(UnaryOp.Log, Tensor(2));
        Assert.Equal("log", Assert.Single(profile.Rows).Name);
    }

    [Fact]
    public void Range_WithoutProfiler_IsNothing() => Assert.Null(Profiler.Range("nobody looks"));

    [Fact]
    public void Ranges_Nested_HoldWhatIsInThem()
    {
        using var profile = Profiler.Start();
        for (int step = 0; step < 2; step++)
        {
            using var outer = Profiler.Range("step");
            using (Profiler.Range("forward"))
                Run(UnaryOp.Exp, Tensor(2));
        }

        var (outerRow, innerRow) = (Assert.Single(profile.Ranges, r => r.Name == "step"), Assert.Single(profile.Ranges, r => r.Name == "forward"));
        Assert.Equal((2L, 2L), (outerRow.Calls, innerRow.Calls));
        Assert.True(outerRow.Total >= innerRow.Total && innerRow.Total >= Assert.Single(profile.Rows).Total);
        Assert.Null(outerRow.Device);
    }

    [Fact]
    public void Rows_BackwardRange_MarksWhatIsInIt()
    {
        using var profile = Profiler.Start();
        Run(UnaryOp.Exp, Tensor(2));
        using (Ambient.Current!.Interceptor!.Range("backward", RangeKind.Backward))
        using (Profiler.Range("inside")) // does not end the pass when it ends
        {
            Run(UnaryOp.Exp, Tensor(2));
        }

        Run(UnaryOp.Exp, Tensor(2));
        Assert.Equal([(false, 2L), (true, 1L)], profile.Rows.Select(r => (r.IsBackward, r.Calls)).Order());
    }

    [Fact]
    public void Rows_ManyThreads_LoseNothing()
    {
        var x = Tensor(2);
        using var profile = Profiler.Start();
        Parallel.For(0, 1000, i =>
        {
            using var _ = Profiler.Range("part");
            Dispatch.View(new ReshapeOp([2, 1]), x);
        });
        Assert.Equal(1000, Assert.Single(profile.Rows).Calls);
        Assert.Equal(1000, Assert.Single(profile.Ranges).Calls);
    }

    [Fact]
    public async Task Range_AcrossAwait_EndsOnAnyThread()
    {
        using var profile = Profiler.Start();
        using (Profiler.Range("waits"))
            await Task.Yield();
        Assert.Equal(1, Assert.Single(profile.Ranges).Calls);
    }

    [Fact]
    public void Start_Twice_BothSee()
    {
        using var outer = Profiler.Start();
        using (var inner = Profiler.Start())
        {
            Run(UnaryOp.Exp, Tensor(2));
            Assert.Equal(1, Assert.Single(inner.Rows).Calls);
        }

        Run(UnaryOp.Exp, Tensor(2));
        Assert.Equal(2, Assert.Single(outer.Rows).Calls);
    }

    [Fact]
    public void Dispose_TheFirstOfTwo_LeavesTheOther()
    {
        var (first, second) = (Profiler.Start(), Profiler.Start());
        first.Dispose();
        Run(UnaryOp.Exp, Tensor(2));
        second.Dispose();
        Assert.Empty(first.Rows);
        Assert.Equal(1, Assert.Single(second.Rows).Calls);
        Assert.Null(Ambient.Current);
    }

    [Fact]
    public void Dispose_OneOfThree_KeepsTheOrderOfTheOthers()
    {
        using var first = Profiler.Start();
        var second = Profiler.Start();
        using var third = Profiler.Start();
        second.Dispose();
        Run(UnaryOp.Exp, Tensor(2));
        Assert.Equal([1, 0, 1], new[] { first, second, third }.Select(p => p.Rows.Count));
        Assert.True(third.Rows[0].Total >= first.Rows[0].Total); // the first is still next to the device
    }

    [Fact]
    public void Dispose_AfterTheScopeOfItsStart_DoesNotBringThatBack()
    {
        Profiler profile;
        using (Ambient.Push(NoGrad))
            profile = Profiler.Start();
        profile.Dispose();
        Assert.Null(Ambient.Current);
    }

    [Fact]
    public void Dispose_WithinALaterScope_LeavesThatInForce()
    {
        using var around = Ambient.Push(null);
        var profile = Profiler.Start();
        using (Ambient.Push(Ambient.Current! with { GradMode = false }))
        {
            profile.Dispose();
            Assert.Equal(NoGrad, Ambient.Current);
        }

        Assert.Null(Ambient.Current); // nor does it come back with what was in force before
    }

    [Fact]
    public void Dispose_TwoWithinLaterScopes_BringsNeitherBack()
    {
        using var around = Ambient.Push(null);
        Profiler first = Profiler.Start(), second = Profiler.Start();
        using var third = Profiler.Start();
        using (Ambient.Push(Ambient.Current! with { GradMode = false }))
        {
            using (Ambient.Push(Ambient.Current! with { GradMode = true }))
                second.Dispose();
            first.Dispose();
            Assert.False(Ambient.Current!.GradMode);
        }

        third.Dispose();
        Assert.Null(Ambient.Current);
    }

    [Fact]
    public void Start_NegativeMaxEvents_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Profiler.Start(new() { MaxEvents = -1 }));

    [Fact]
    public void ToString_AnyCulture_IsTheSameTable()
    {
        using var profile = Profiler.Start();
        for (int i = 0; i < 1500; i++)
            Run(UnaryOp.Exp, Tensor(1000));
        profile.Dispose();
        string table = profile.ToString();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ";", NumberGroupSeparator = "_" } };
            Assert.Equal(table, profile.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var lines = table.Split('\n');
        Assert.Matches(@"^operation  pass  calls  total ms  +mean us  +share  +new MB  +moved MB  +GB/s$", lines[0]);
        Assert.Matches(@"^exp +1,500 +\d+\.\d{3} +\d+\.\d\d +100\.0% +6\.00 +12\.00 +\d+\.\d$", lines[1]);
        Assert.Matches(@"^\d+\.\d{3} ms in all, \d+\.\d{3} ms of it in operations; 1,500 calls\.$", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void ToString_QueuedDevice_SaysWhatItsTimesAre()
    {
        _device.Traits = _device.Traits with { Queued = true };
        using var profile = Profiler.Start();
        Run(UnaryOp.Exp, Tensor(2));
        Assert.Contains("fake works after the call: its times are those of the calls", profile.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _device.Synchronized);
    }

    [Fact]
    public void Synchronize_QueuedDevice_WaitsForEachOperation()
    {
        _device.Traits = _device.Traits with { Queued = true };
        using var profile = Profiler.Start(new() { Synchronize = true });
        Run(UnaryOp.Exp, Tensor(2));
        Run(new FullOp(DType.Float32, [2]), []);
        Assert.Equal(3, _device.Synchronized); // before and after exp, which has an input; after the other
        Assert.DoesNotContain("works after the call", profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteChromeTrace_Nested_IsJsonWithEventsInsideEachOther()
    {
        using var profile = Profiler.Start();
        using (Profiler.Range("step \"1\"\n"))
        {
            Run(UnaryOp.Exp, Tensor(2));
            Run(UnaryOp.Log, Tensor(2));
        }

        var events = Trace(profile);
        Assert.Equal(["step \"1\"\n", "exp", "log"], events.Select(e => e.GetProperty("name").GetString()));
        Assert.Equal(["range", "forward", "forward"], events.Select(e => e.GetProperty("cat").GetString()));
        var spans = events.Select(e => (Start: e.GetProperty("ts").GetDouble(), End: e.GetProperty("ts").GetDouble() + e.GetProperty("dur").GetDouble())).ToList();
        Assert.All(spans, s => Assert.True(s.Start >= spans[0].Start && s.End <= spans[0].End + 0.001)); // thousandths: sums of doubles
        Assert.True(spans[1].End <= spans[2].Start + 0.001);
        Assert.Single(events.Select(e => e.GetProperty("tid").GetInt32()).Distinct());
        Assert.Equal(("fake", 8, 16), (
            events[1].GetProperty("args").GetProperty("device").GetString(), events[1].GetProperty("args").GetProperty("allocated bytes").GetInt32(),
            events[1].GetProperty("args").GetProperty("moved bytes").GetInt32()));
    }

    [Fact]
    public void WriteChromeTrace_Full_KeepsTheFirstAndSaysSo()
    {
        using var profile = Profiler.Start(new() { MaxEvents = 2 });
        for (int i = 0; i < 5; i++)
            Run(UnaryOp.Exp, Tensor(2));
        Assert.Equal(2, Trace(profile).Count);
        Assert.Equal(5, Assert.Single(profile.Rows).Calls);
        Assert.Contains("The trace lacks the last 3 events", profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SaveChromeTrace_WritesTheFile()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var profile = Profiler.Start();
            Run(UnaryOp.Exp, Tensor(2));
            profile.SaveChromeTrace(path);
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            Assert.Equal("ms", json.RootElement.GetProperty("displayTimeUnit").GetString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<JsonElement> Trace(Profiler profile)
    {
        using var stream = new MemoryStream();
        profile.WriteChromeTrace(stream);
        return [.. JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("traceEvents").EnumerateArray().Where(e => e.GetProperty("ph").GetString() == "X")];
    }

    private DeviceTensor Tensor(params long[] dims) => _device.Allocate(new(DType.Float32, Shape.Create(dims)));

    private void Run(Op op, params ReadOnlySpan<DeviceTensor> inputs) => Dispatch.Execute(_device, op, inputs, op is FullOp ? [1] : default);
}
