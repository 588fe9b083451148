using System.Text.Json;

namespace Nabla.Tests.Runtime;

/// <summary>What a profiler sees of a device that records: calls take no time, and the work happens where the step asks for it.</summary>
public sealed class ProfiledTrainingTests
{
    private const int Steps = 3;

    /// <summary>Half of the finest step of the clock, in microseconds: times are sums of doubles.</summary>
    private const double Rounding = 0.0005;

    [Fact]
    public void Ranges_TrainingSteps_EvaluateHoldsTheRunsOfTheGraph()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        var runs = new List<(long Before, long After, long Read)>();
        using var profile = Train(onnx, (before, after, read) => runs.Add((before, after, read)));
        var evaluate = Assert.Single(profile.Ranges, r => r.Name == "evaluate");
        Assert.Equal(Steps, evaluate.Calls);
        Assert.Null(evaluate.Device);
        Assert.True(evaluate.Total <= Assert.Single(profile.Ranges, r => r.Name == "optimizer").Total);
        Assert.Equal(Steps, runs.Count);
        long last = runs[0].Before;
        Assert.All(runs, r =>
        {
            Assert.Equal(last, r.Before); // forward and backward only record
            Assert.True(r.After > r.Before);
            Assert.Equal(r.After, r.Read); // the loss was computed with the step
            last = r.Read;
        });
    }

    [Fact]
    public void WriteChromeTrace_TrainingSteps_IsJsonWithCompleteAndNestedEvents()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        using var profile = Train(onnx, (_, _, _) => { });
        using var stream = new MemoryStream();
        profile.WriteChromeTrace(stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        var events = json.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        var named = events.Where(e => Text(e, "ph") == "M").ToList();
        Assert.Equal("Nabla", Text(Assert.Single(named, e => Text(e, "name") == "process_name").GetProperty("args"), "name"));
        var complete = events.Where(e => Text(e, "ph") != "M").ToList();
        Assert.All(complete, e =>
        {
            Assert.NotEqual("", Text(e, "name"));
            Assert.Equal("X", Text(e, "ph"));
            Assert.InRange(e.GetProperty("ts").GetDouble(), 0, profile.Elapsed.TotalMicroseconds);
            Assert.InRange(e.GetProperty("dur").GetDouble(), 0, profile.Elapsed.TotalMicroseconds);
            Assert.Equal(named[0].GetProperty("pid").GetInt32(), e.GetProperty("pid").GetInt32());
            Assert.Contains(named, n => Text(n, "name") == "thread_name" && ThreadOf(n) == ThreadOf(e));
        });
        Assert.Equal(profile.Rows.Concat(profile.Ranges).Sum(r => r.Calls), complete.Count);

        var parents = complete.GroupBy(ThreadOf).SelectMany(Parents).ToLookup(p => p.Name, p => p.Parent);
        Assert.Equal(Enumerable.Repeat("optimizer", Steps), parents["evaluate"]);
        Assert.Equal(Enumerable.Repeat("step", Steps), parents["optimizer"]);
        Assert.Equal(Enumerable.Repeat("step", Steps), parents["backward"]);
        Assert.Equal(Enumerable.Repeat("step", Steps), parents["read"]);
        Assert.Equal(Enumerable.Repeat("", Steps), parents["step"]);
        Assert.DoesNotContain("evaluate", parents.SelectMany(p => p)); // what runs in it was called before
    }

    /// <summary>Trains after a first step, which compiles; tells how often graphs had run before each update, after it, and after the loss was read.</summary>
    private static Profiler Train(OnnxDevice onnx, Action<long, long, long> afterStep)
    {
        using var scope = new Device(onnx).AsDefault();
        var generator = new Generator(3);
        var (x, labels) = (Tensor.Rand([16, 12], generator: generator), Tensor.RandInt(0, 5, [16], generator: generator));
        var network = new Sequential(new Linear(12, 8, generator: generator), new Tanh(), new Linear(8, 5, generator: generator));
        var optimizer = new Adam(network.Parameters());
        Step((_, _, _) => { });
        var profile = Profiler.Start();
        for (int i = 0; i < Steps; i++)
            Step(afterStep);
        profile.Dispose();
        return profile;

        void Step(Action<long, long, long> done)
        {
            using var step = Profiler.Range("step");
            optimizer.ZeroGrad();
            var loss = Functional.CrossEntropy(network.Forward(x), labels);
            loss.Backward();
            long before = onnx.Statistics.Runs;
            using (Profiler.Range("optimizer"))
                optimizer.Step();
            long after = onnx.Statistics.Runs;
            Assert.True(float.IsFinite(loss.Item<float>()));
            done(before, after, onnx.Statistics.Runs);
        }
    }

    /// <summary>The events of a thread, as they are written, each with the one that it lies in (or ""); none overlaps another in part.</summary>
    private static List<(string Name, string Parent)> Parents(IEnumerable<JsonElement> events)
    {
        var found = new List<(string, string)>();
        var open = new Stack<(string Name, double End)>();
        foreach (var e in events)
        {
            double start = e.GetProperty("ts").GetDouble(), end = start + e.GetProperty("dur").GetDouble();
            while (open.TryPeek(out var ended) && ended.End < start + Rounding)
                open.Pop();
            Assert.True(!open.TryPeek(out var parent) || end <= parent.End + Rounding, $"{Text(e, "name")} outlasts {parent.Name}.");
            found.Add((Text(e, "name"), parent.Name ?? ""));
            open.Push((Text(e, "name"), end));
        }

        return found;
    }

    private static string Text(JsonElement e, string property) => e.GetProperty(property).GetString()!;

    private static int ThreadOf(JsonElement e) => e.GetProperty("tid").GetInt32();
}
