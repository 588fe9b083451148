using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Nabla.Tests.Runtime;

public sealed class MissStormTests
{
    [Fact]
    public void Evaluate_NewShapeEachTime_Warns()
    {
        var log = new Recording();
        using var device = new OnnxBackend(Options.Create(new OnnxOptions()), log).Open("onnx:cpu");
        for (int n = 1; n <= 256; n++)
        {
            var x = device.Allocate(new(DType.Int32, [n]));
            var y = Dispatch.Execute(device, UnaryOp.Neg, [x], []);
            device.Evaluate([y]);
            x.Storage.Release();
            y.Storage.Release();
            Assert.Equal(n < 256 ? 0 : 1, log.Warnings.Count);
        }

        Assert.Contains("onnx:cpu", log.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("compile", log.Warnings[0], StringComparison.Ordinal);
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
