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

    public TrainingMemoryTests()
    {
        _scope = new Device(_device).AsDefault();
        Tensor.ManualSeed(1);
        _model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
        _optimizer = new SGD(_model.Parameters(), 0.01);
        (_inputs, _targets) = (Tensor.Rand(Batch, 784), Tensor.RandInt(0, 10, [Batch]));
    }

    [Fact]
    public void Step_AfterTheFirst_AllocatesLittleOnTheManagedHeap()
    {
        const int Steps = 10, MostBytes = 12 * 1024;
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
