namespace Nabla.Tests;

/// <summary>What a step of training allocates: gates, on a device of the test's own.</summary>
public sealed class TrainingMemoryTests : IDisposable
{
    private const int Batch = 64;
    private readonly CpuDevice _device = CpuDevice.Create(new CpuOptions { MaxThreads = 1 });
    private readonly AmbientScope _scope;
    private readonly Module _model;
    private readonly SGD _optimizer;
    private readonly Tensor _inputs, _targets;

    private long Live => _device.Memory.Statistics.Live;

    public TrainingMemoryTests()
    {
        _scope = new Device(_device).AsDefault();
        Tensor.ManualSeed(1);
        _model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
        _optimizer = new SGD(_model.Parameters(), 0.01);
        (_inputs, _targets) = (Tensor.Rand(Batch, 784), Tensor.RandInt(0, 10, [Batch]));
    }

    [Fact]
    public void Step_OnceThePoolHasItsMemory_AllocatesLittleOnTheManagedHeap()
    {
        const int Steps = 10, MostBytes = 12 * 1024;
        for (int step = 0; step < 300; step++) // until the pool has taken, from the same heap, what pacing allows on a busy machine
            Step();
        Assert.InRange(Allocation.Least(Steps, Step), 1, Steps * MostBytes);
    }

    [Fact]
    public void Step_Repeated_HoldsNoMoreThanPacingAllows()
    {
        // Dropped tensors may wait until what is leased passes 24 MB; the rest is for a machine so busy that looking for them takes long.
        const long MostBytes = 48L << 20;
        for (int step = 0; step < 300; step++)
            Step();
        Assert.InRange(_device.Memory.Statistics.Peak, 1, MostBytes);
    }

    [Fact]
    public void ZeroGrad_AfterClipping_FreesTheGradientsAtOnce()
    {
        long gradients = _model.Parameters().Sum(p => p.ElementCount * sizeof(float));
        Functional.CrossEntropy(_model.Forward(_inputs), _targets).Backward();
        long before = Live;
        using (ClipGradients.Norm(_model.Parameters(), 1))
            ClipGradients.Value(_model.Parameters(), 0.5);
        Assert.InRange(Live - before, long.MinValue, 0);
        _optimizer.ZeroGrad();
        Assert.InRange(before - Live, gradients, long.MaxValue);
    }

    [Theory]
    [InlineData(nameof(Adagrad))]
    [InlineData(nameof(RMSprop))]
    public void Step_OnceTheStateIsThere_KeepsNothingMore(string name)
    {
        Optimizer optimizer = name == nameof(Adagrad)
            ? new Adagrad(_model.Parameters(), weightDecay: 0.1)
            : new RMSprop(_model.Parameters(), momentum: 0.9, weightDecay: 0.1, centered: true);
        Functional.CrossEntropy(_model.Forward(_inputs), _targets).Backward();
        optimizer.Step(); // makes the state
        long before = Live;
        optimizer.Step();
        Assert.InRange(Live - before, long.MinValue, 0);
        Assert.All(_model.Parameters(), p => Assert.True(p.IsFinite().All().Item<bool>()));
        GC.KeepAlive(optimizer);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _device.Dispose();
    }

    private void Step()
    {
        _optimizer.ZeroGrad();
        Functional.CrossEntropy(_model.Forward(_inputs), _targets).Backward();
        _optimizer.Step();
    }
}
