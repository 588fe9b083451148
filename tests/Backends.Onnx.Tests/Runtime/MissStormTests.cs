using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Nabla.Tests.Runtime;

public sealed class MissStormTests
{
    [Fact]
    public void Evaluate_NewStructureEachTime_Warns()
    {
        var log = new Recording();
        using var device = new OnnxBackend(Options.Create(new OnnxOptions()), log).Open("onnx:cpu");
        for (int n = 1; n <= 256; n++)
        {
            var x = device.Allocate(new(DType.Int32, [2, 2, 2, 2, 2, 2, 2, 2, 2]));
            ValueArray<int> axes = [.. Enumerable.Range(0, 9).Where(d => (n >> d & 1) != 0)];
            var y = Dispatch.Execute(device, ReduceOp.Sum(axes, false), [x], []);
            device.Evaluate([y]);
            x.Storage.Release();
            y.Storage.Release();
            Assert.Equal(n < 256 ? 0 : 1, log.Warnings.Count);
        }

        Assert.Contains("onnx:cpu", log.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("compile", log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_NewShapeEachTime_CompilesOnceAndDoesNotWarn()
    {
        var log = new Recording();
        using var device = (OnnxDevice)new OnnxBackend(Options.Create(new OnnxOptions()), log).Open("onnx:cpu");
        for (int n = 2; n < 302; n++)
        {
            var x = device.Allocate(new(DType.Int32, [n]));
            var y = Dispatch.Execute(device, UnaryOp.Neg, [x], []);
            device.Evaluate([y]);
            x.Storage.Release();
            y.Storage.Release();
        }

        Assert.Empty(log.Warnings);
        Assert.Equal((1, 299, 299), (device.Statistics.Sessions, device.Statistics.Hits, device.Statistics.Resized));
    }

    private sealed class Recording : ILogger<OnnxBackend>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                Warnings.Add(formatter(state, exception));
        }
    }
}
