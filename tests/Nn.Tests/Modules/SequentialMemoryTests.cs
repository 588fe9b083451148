namespace Nabla.Tests.Modules;

/// <summary>What a chain frees between its layers, on a device of the test's own.</summary>
public sealed class SequentialMemoryTests : IDisposable
{
    private readonly CpuDevice _device = CpuDevice.Create(new CpuOptions { MaxThreads = 1 });
    private readonly AmbientScope _scope;

    public SequentialMemoryTests() => _scope = new Device(_device).AsDefault();

    [Fact]
    public void Forward_WithoutGradients_FreesWhatLiesBetween()
    {
        var model = new Sequential(new Linear(8, 64), new LayerNorm([64]), new Sequential(new Linear(64, 64), new GELU()), new Flatten(), new Dropout(0.5), new Linear(64, 3));
        model.Eval();
        var x = Tensor.Ones(4096, 8);
        using var _ = Autograd.NoGrad();
        long before = _device.Memory.Statistics.Live;
        var y = model.Forward(x);
        Assert.InRange(_device.Memory.Statistics.Live - before, long.MinValue, y.ElementCount * sizeof(float)); // less where a sweep finds what the layers began with
        Assert.Equal(4096 * 8, x.Sum().Item<float>());
        Assert.Equal(model.Forward(x).ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void Forward_OfNothingNew_GivesTheInput()
    {
        var x = Tensor.Ones(2, 3);
        using var _ = Autograd.NoGrad();
        Assert.Same(x, new Sequential(new Dropout(0.5)).Eval().Forward(x));
        Assert.Same(x, new Sequential().Forward(x));
        Assert.Equal(6, new Sequential(new Dropout(0.5), new Flatten(), new ReLU()).Eval().Forward(x).Sum().Item<float>());
        Assert.Equal(6, x.Sum().Item<float>());
    }

    [Fact]
    public void Forward_ThroughAModuleThatKeepsItsTensors_LeavesThemUsable()
    {
        var keeper = new Keeper();
        var model = new Sequential(new ReLU(), new Sequential(keeper), new ReLU(), new ReLU());
        using var _ = Autograd.NoGrad();
        model.Forward(Tensor.Ones(5));
        Assert.Equal(5, keeper.Input!.Sum().Item<float>());
        Assert.Equal(10, keeper.Output!.Sum().Item<float>());
    }

    [Fact]
    public void Forward_Recorded_KeepsWhatBackwardNeeds()
    {
        var model = new Sequential(new Linear(4, 4), new LayerNorm([4]), new Tanh(), new Linear(4, 4), new ReLU());
        model.Forward(Tensor.Rand(3, 4)).Sum().Backward();
        Assert.All(model.Parameters(), p => Assert.NotNull(p.Grad));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _device.Dispose();
    }

    private sealed class Keeper : Module
    {
        public Tensor? Input { get; private set; }

        public Tensor? Output { get; private set; }

        public override Tensor Forward(Tensor input)
        {
            Input = input;
            return Output = input * 2;
        }
    }
}
