namespace Nabla.Tests;

/// <summary>What decompositions may return, and what the caller gets: tensors of its own.</summary>
public sealed class DeviceOpsTests
{
    private static readonly OpKind Row = OpKind.Define("test_pair");
    private readonly FakeDevice _device = new();

    [Fact]
    public void Run_OneValueTwice_GivesTwoTensors()
    {
        var outputs = Run(new PairOp(Twice: true, View: false), Tensor(2, 3));
        Assert.NotSame(outputs[0].Storage, outputs[1].Storage);
        Assert.All(outputs, o => Assert.Equal(1, o.Storage.Owners));
        Assert.Equal(["exp", "copy"], _device.Executed);
    }

    [Fact]
    public void Run_AnInputItself_IsCopied()
    {
        var x = Tensor(2, 3);
        var outputs = Run(new PairOp(Twice: false, View: false), x);
        Assert.NotSame(x.Storage, outputs[1].Storage);
        Assert.Equal(1, x.Storage.Owners);
    }

    [Fact]
    public void Run_ATransposedView_BecomesDense()
    {
        var outputs = Run(new PairOp(Twice: false, View: true), Tensor(2, 3));
        Assert.Equal("[3, 2]", outputs[1].Shape.ToString());
        Assert.True(outputs[1].IsContiguous && outputs[1].View is null);
    }

    [Fact]
    public void Run_AnInputThatIsATarget_IsReadBeforeItIsWritten()
    {
        var (x, y) = (Tensor(2, 3), Tensor(2, 3));
        var outputs = Run(new PairOp(Twice: false, View: false), x, x, y);
        Assert.Same(x, outputs[0]);
        Assert.Same(y, outputs[1]);
        Assert.Equal(["exp", "copy", "copy", "copy"], _device.Executed); // x aside, then into both
        Assert.Equal((1, 1), (x.Storage.Owners, y.Storage.Owners));
    }

    [Fact]
    public void Run_Temporaries_AreReleased()
    {
        var outputs = Run(new PairOp(Twice: true, View: false), Tensor(2, 3));
        Assert.Equal(3 * 24, _device.Pool.Statistics.Live);
        foreach (var output in outputs)
            output.Storage.Release();
        Assert.Equal(24, _device.Pool.Statistics.Live);
    }

    private DeviceTensor[] Run(PairOp op, DeviceTensor x, params DeviceTensor?[] into)
    {
        var outputs = new DeviceTensor[2];
        Dispatch.Execute(_device, op, [x], default, outputs, into);
        return outputs;
    }

    private DeviceTensor Tensor(params long[] dims) => _device.Allocate(new(DType.Float32, Shape.Create(dims)));

    /// <summary>exp(x), and that again, or x itself, or x transposed.</summary>
    private sealed record PairOp(bool Twice, bool View) : CompositeOp
    {
        public override OpKind Kind => Row;

        public override int OutputCount => 2;

        public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
            outputs[0] = outputs[1] = inputs[0];

        public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
        {
            outputs[0] = ops.Emit((Op)UnaryOp.Exp, inputs[0]);
            outputs[1] = Twice ? outputs[0] : View ? ops.Transpose(inputs[0], 0, 1) : inputs[0];
        }
    }
}
