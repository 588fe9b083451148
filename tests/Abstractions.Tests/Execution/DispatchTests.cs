namespace Nabla.Tests;

public sealed class DispatchTests
{
    private readonly FakeDevice _device = new();

    [Fact]
    public void Execute_Primitive_AllocatesWhatInferSays()
    {
        var y = Dispatch.Execute(_device, MatMulOp.Instance, [Tensor(2, 3), Tensor(3, 4)], default);
        Assert.Equal("float32[2, 4]", y.Spec.ToString());
        Assert.Equal(["matmul"], _device.Executed);
    }

    [Fact]
    public void Execute_BadInputs_NeverReachTheDevice()
    {
        Assert.Throws<ShapeException>(() => Dispatch.Execute(_device, MatMulOp.Instance, [Tensor(2, 3), Tensor(4, 4)], default));
        Assert.Empty(_device.Executed);
    }

    [Fact]
    public void Execute_Gap_SaysWhyAndWhatToDo()
    {
        _device.Gaps["erf"] = new("its driver lacks it", "use the cpu");
        var e = Assert.Throws<UnsupportedOpException>(() => Dispatch.Execute(_device, UnaryOp.Erf, [Tensor(2)], default));
        Assert.Equal("erf: fake does not offer it for float32: its driver lacks it; use the cpu.", e.Message);
    }

    [Fact]
    public void Execute_IntoTheInputItself_IsAllowed()
    {
        var x = Tensor(2, 3);
        Assert.Same(x, Dispatch.Execute(_device, UnaryOp.Exp, [x], default, x));
    }

    [Fact]
    public void Execute_IntoTheOtherHalfOfTheColumns_IsAllowed()
    {
        var x = Tensor(5, 4);
        var (left, right) = (View(SliceOp.Along(x.Shape, 1, 0, 2), x), View(SliceOp.Along(x.Shape, 1, 2, 2), x));
        Assert.Same(left, Dispatch.Execute(_device, BinaryOp.Add, [left, right], default, left));
    }

    [Fact]
    public void Execute_IntoAPartialOverlap_IsRefused()
    {
        var x = Tensor(5, 4);
        var (top, bottom) = (View(SliceOp.Along(x.Shape, 0, 0, 4), x), View(SliceOp.Along(x.Shape, 0, 1, 4), x));
        var e = Assert.Throws<MemoryAccessException>(() => Dispatch.Execute(_device, BinaryOp.Add, [top, bottom], default, top));
        Assert.Contains("overlaps an input [4, 4] in part", e.Message);
        Assert.Empty(_device.Executed);
    }

    [Fact]
    public void Execute_IntoAnExpandedTensor_IsRefused()
    {
        var x = View(new ExpandOp([3, 2]), Tensor(1, 2));
        Assert.Contains("more than once", Assert.Throws<MemoryAccessException>(() => Dispatch.Execute(_device, UnaryOp.Exp, [Tensor(3, 2)], default, x)).Message);
    }

    [Fact]
    public void Execute_IntoAnotherShape_IsRefused() =>
        Assert.Contains(
            "float32[2, 3] cannot be written into float32[3, 2]",
            Assert.Throws<ShapeException>(() => Dispatch.Execute(_device, UnaryOp.Exp, [Tensor(2, 3)], default, Tensor(3, 2))).Message);

    [Fact]
    public void Execute_TwoResultsIntoOneTarget_IsRefused()
    {
        var (p, target) = (Tensor(3), Tensor(3));
        var op = new SgdStepOp(Momentum: true, First: false, Nesterov: false, Maximize: false);
        var e = Assert.Throws<MemoryAccessException>(() =>
            Dispatch.Execute(_device, op, [p, Tensor(3), Tensor(3)], [0.1, 0.9, 0.0, 0.0], new DeviceTensor[2], [target, target]));
        Assert.Contains("same elements", e.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)] // more targets than are compared one by one
    public void Execute_StepThatWritesAnotherParametersInput_IsRefused(int count)
    {
        var tensors = Enumerable.Range(0, 2 * count).Select(_ => Tensor(3)).ToArray();
        DeviceTensor[] into = [.. tensors.Where((_, i) => i % 2 == 0)];
        var op = new SgdStepOp(Momentum: false, First: false, Nesterov: false, Maximize: false, count);
        tensors[1] = tensors[^2]; // the first gradient is the last parameter
        var e = Assert.Throws<MemoryAccessException>(() => Dispatch.Execute(_device, op, tensors, [0.1, 0.0, 0.0, 0.0], new DeviceTensor[count], into));
        Assert.Contains($"parameter {count - 1} is an input of parameter 0", e.Message);
        Assert.Empty(_device.Executed);
    }

    [Fact]
    public void Execute_ManyTargets_AreCheckedAgainstEachOtherAndTheInputs()
    {
        var op = new SgdStepOp(Momentum: false, First: false, Nesterov: false, Maximize: false, 9);
        var whole = Tensor(60);
        DeviceTensor Part(long start) => View(SliceOp.Along(whole.Shape, 0, start, 3), whole);
        void Run(DeviceTensor last, DeviceTensor lastGradient)
        {
            DeviceTensor[] into = [.. Enumerable.Range(0, 8).Select(i => Part(3 * i)), last];
            DeviceTensor[] inputs = [.. into[..8].SelectMany(p => new[] { p, Tensor(3) }), Part(24), lastGradient];
            Dispatch.Execute(_device, op, inputs, [0.1, 0.0, 0.0, 0.0], new DeviceTensor[9], into);
        }

        Assert.Contains("same elements", Assert.Throws<MemoryAccessException>(() => Run(Part(22), Tensor(3))).Message);
        Assert.Contains("in part", Assert.Throws<MemoryAccessException>(() => Run(Part(24), Part(19))).Message);
        Assert.Contains("float32[3] cannot be written into float32[4]", Assert.Throws<ShapeException>(() => Run(Tensor(4), Tensor(3))).Message);
        Assert.Empty(_device.Executed);
        Run(Part(24), Part(27));
        Assert.NotEmpty(_device.Executed);
    }

    [Fact]
    public void Execute_UnclaimedStepOfSeveral_RunsOneAfterTheOther()
    {
        DeviceTensor[] inputs = [.. Enumerable.Range(0, 6).Select(_ => Tensor(1000))];
        long before = _device.Pool.Statistics.Live;
        var outputs = new DeviceTensor[3];
        Dispatch.Execute(_device, new SgdStepOp(false, false, false, false, 3), inputs, [0.1, 0.0, 0.0, 0.0], outputs, [inputs[0], null, inputs[4]]);
        Assert.Same(inputs[4], outputs[2]);
        Assert.Equal(before + outputs[1].Spec.ByteLength, _device.Pool.Statistics.Live);

        _device.ClaimsComposite = op => op is StepOp { Count: 1 };
        _device.Executed.Clear();
        Dispatch.Execute(_device, new SgdStepOp(false, false, false, false, 3), inputs, [0.1, 0.0, 0.0, 0.0], outputs);
        Assert.Equal(["sgd_step", "sgd_step", "sgd_step"], _device.Executed);
    }

    [Fact]
    public void Execute_UnclaimedComposite_RunsItsPartsAndReleasesThem()
    {
        var x = Tensor(4, 5);
        long before = _device.Pool.Statistics.Live;
        var y = Dispatch.Execute(_device, new SoftmaxOp(1), [x], default);
        Assert.Contains("exp", _device.Executed);
        Assert.DoesNotContain("softmax", _device.Executed);
        Assert.Equal(before + 80, _device.Pool.Statistics.Live);
        Assert.Equal(1, y.Storage.Owners);
    }

    [Fact]
    public void Execute_ClaimedComposite_RunsWhole()
    {
        _device.ClaimsComposite = op => op is SoftmaxOp;
        Dispatch.Execute(_device, new SoftmaxOp(1), [Tensor(4, 5)], default);
        Assert.Equal(["softmax"], _device.Executed);
    }

    [Fact]
    public void Execute_Interceptor_IsToldBeforeAndAfter()
    {
        var seen = new List<string>();
        using (Ambient.Push(Ambient.Default with { Interceptor = new Listener(seen, _device) }))
            Dispatch.Execute(_device, UnaryOp.Exp, [Tensor(2)], default);
        Assert.Equal(["executing exp after 0", "executed exp after 1"], seen);
    }

    [Fact]
    public void View_Reshape_AliasesExactlyWhenTheLayoutAllows()
    {
        var x = Tensor(2, 3);
        var flat = View(new ReshapeOp([6]), x);
        Assert.Same(x.Storage, flat.Storage);
        Assert.Same(x, flat.View!.Source);
        Assert.Null(Dispatch.View(new ReshapeOp([6]), View(new PermuteOp([1, 0]), x)));
    }

    private DeviceTensor Tensor(params long[] dims) => _device.Allocate(new(DType.Float32, Shape.Create(dims)));

    private static DeviceTensor View(ViewOp op, DeviceTensor x) => Dispatch.View(op, x)!;

    private sealed class Listener(List<string> seen, FakeDevice device) : IInterceptor
    {
        public bool DecomposeComposites => false;

        public void Executing(in OpCall call) => seen.Add($"executing {call.Op.Kind.Name} after {device.Executed.Count}");

        public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs) => seen.Add($"executed {call.Op.Kind.Name} after {device.Executed.Count}");

        public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
        {
        }

        public IDisposable? HostRead(DeviceTensor source) => null;
    }
}
