namespace Nabla.Tests;

/// <summary>What cannot be exported is refused with its place in the code.</summary>
public sealed class ExportErrorTests
{
    private const string ThisFile = "ExportErrorTests.cs:";

    [Fact]
    public void Trace_HostRead_ThrowsWithTheCallSite()
    {
        static Tensor Function(Tensor x) => x.Sum().Item<float>() > 0 ? x : -x;
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3)));
        Assert.Contains(ThisFile, error.Message);
    }

    [Fact]
    public void Trace_OpsWithoutLowering_NamesAllOfThem()
    {
        using var device = new OddDevice();
        var input = DeviceTensor.Dense(new(DType.Float32, [4]), new OddStorage(device, 16));
        var error = Assert.Throws<UnsupportedOpException>(() => OnnxExporter.Trace(
            x =>
            {
                var a = Dispatch.Execute(device, OddOp.First, [x.Value], default);
                var b = Dispatch.Execute(device, OddOp.First, [a], default);
                return new Odd(Dispatch.Execute(device, OddOp.Second, [b], default));
            },
            new Odd(input)));
        Assert.Contains("3 operation(s)", error.Message);
        Assert.Contains("odd_first", error.Message);
        Assert.Contains("odd_second", error.Message);
        Assert.Equal(3, error.Message.Split(ThisFile).Length - 1);
    }

    [Fact]
    public void Trace_SizesDecideWhatIsDone_Throws()
    {
        static Tensor Function(Tensor x) => x.Shape[0] > 12 ? x.Exp() : x.Sin();
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3, 2), dynamic: ["batch"]));
        Assert.Contains(ThisFile, error.Message);
        Assert.Contains("sin", error.Message);
    }

    [Fact]
    public void Trace_SizeWithoutForm_ThrowsNamingOpAndPlace()
    {
        static Tensor Function(Tensor x) => x[TensorIndex.Slice(0, x.Shape[0] / 3 * 2, 1)];
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3, 2), dynamic: ["batch"]));
        Assert.Equal("slice", error.Operation);
        Assert.Contains(ThisFile, error.Message);
    }

    [Fact]
    public void Trace_ScalarWithoutForm_ThrowsNamingOpAndPlace()
    {
        static Tensor Function(Tensor x) => x * Math.Sin(x.Shape[0]);
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3, 2), dynamic: ["batch"]));
        Assert.Equal("mul", error.Operation);
        Assert.Contains(ThisFile, error.Message);
    }

    [Fact]
    public void Trace_HostDataOfDynamicSize_Throws()
    {
        static Tensor Function(Tensor x) => x + Tensor.From(new float[x.Shape[0]]).Unsqueeze(1);
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3, 2), dynamic: ["batch"]));
        Assert.Contains("make it an input", error.Message);
    }

    [Fact]
    public void Trace_ResultOfAnEarlierRun_Throws()
    {
        Tensor? last = null;
        Tensor Function(Tensor x)
        {
            var y = last is null ? x * 2 : x + last;
            return last = y;
        }

        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(Function, Tensor.Ones(3)));
        Assert.Contains("earlier run", error.Message);
    }

    [Fact]
    public void Trace_ScheduledNumber_Throws()
    {
        double rate = 1;
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(x => x * (rate *= 0.9), Tensor.Ones(3)));
        Assert.Contains("in different runs", error.Message);
    }

    [Fact]
    public void Trace_RandomNumbersOfTheHost_Throw() =>
        Assert.Throws<TracingException>(() => OnnxExporter.Trace(x => x.IndexSelect(0, Tensor.RandPerm(64)), Tensor.Ones(64, 2)));

    [Fact]
    public void Trace_NullResult_Throws()
    {
        var error = Assert.Throws<TracingException>(() => OnnxExporter.Trace(xs => [xs[0].Grad!], [Tensor.Ones(2)]));
        Assert.Contains("null", error.Message);
    }

    [Fact]
    public void Trace_FunctionThrows_RestoresWhatItWrote()
    {
        var buffer = Tensor.From(new[] { 1f, 2f });
        Tensor Function(Tensor x)
        {
            buffer.Add_(x);
            throw new InvalidOperationException("stop");
        }

        Assert.Throws<InvalidOperationException>(() => OnnxExporter.Trace(Function, Tensor.Ones(2)));
        Assert.Equal([1f, 2f], buffer.ToArray<float>());
    }

    [Theory]
    [InlineData(17)]
    [InlineData(22)]
    public void Trace_OpsetOutOfRange_Throws(int opset) =>
        Assert.Throws<TensorArgumentException>(() => OnnxExporter.Trace(x => x, Tensor.Ones(2), options: new() { Opset = opset }));

    [Fact]
    public void Trace_NamesCollide_Throws() => Assert.Throws<TensorArgumentException>(
        () => OnnxExporter.Trace(x => x, Tensor.Ones(2), options: new() { InputNames = ["x"], OutputNames = ["x"] }));

    [Fact]
    public void Verification_ToleranceBelowTheDifference_ThrowsWithIt()
    {
        // Sums in another order differ in the last digits.
        var x = Tensor.Randn([1, 4096], generator: new Generator(1));
        var error = Assert.Throws<TracingException>(
            () => OnnxExporter.Trace(a => a.Exp().Tanh().Softmax(1).Log().Sum(), x, options: new() { Tolerance = 0 }));
        Assert.Contains("differs", error.Message);
        Assert.False(OnnxExporter.Trace(a => a.Exp(), x, options: new() { Verify = false }).IsVerified);
    }
}
