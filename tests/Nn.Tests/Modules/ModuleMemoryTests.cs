namespace Nabla.Tests.Modules;

/// <summary>What a layer makes on its way to its output is free when it returns, on a device of the test's own.</summary>
public sealed class ModuleMemoryTests : IDisposable
{
    private readonly CpuDevice _device = CpuDevice.Create(new CpuOptions { MaxThreads = 1 });
    private readonly AmbientScope _scope;

    private long Live => _device.Memory.Statistics.Live;

    public ModuleMemoryTests() => _scope = new Device(_device).AsDefault();

    public static TheoryData<string, Func<Module>, long[]> Layers => new()
    {
        { "BatchNorm1d", () => new BatchNorm1d(6), [4, 6] },
        { "BatchNorm1d, plain average", () => new BatchNorm1d(6, momentum: null), [4, 6] },
        { "Bilinear", () => new Bilinear(6, 6, 3), [4, 6] },
        { "Dropout", () => new Dropout(), [4, 6] },
        { "GroupNorm", () => new GroupNorm(3, 6), [4, 6] },
        { "InstanceNorm1d", () => new InstanceNorm1d(6, affine: true, trackRunningStats: true), [2, 6, 4] },
        { "InstanceNorm1d without a batch", () => new InstanceNorm1d(6), [6, 4] },
        { "LayerNorm", () => new LayerNorm([6], bias: false), [4, 6] },
        { "Linear", () => new Linear(6, 3), [6] },
        { "PReLU", () => new PReLU(), [4, 6] },
        { "RMSNorm", () => new RMSNorm([6]), [4, 6] },
        { "Sequential", () => new Sequential(new Linear(6, 4), new GELU(), new LayerNorm([4]), new Tanh()), [4, 6] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Forward_LeavesItsOutputAlone(string name, Func<Module> create, long[] shape)
    {
        var layer = create();
        var x = Tensor.Ones(shape);
        using var _ = Autograd.NoGrad();
        long before = Live;
        layer.Forward(x).Dispose();
        Assert.True(Live == before, $"{name}: {Live - before} bytes are left.");
        GC.KeepAlive((layer, x));
    }

    [Fact]
    public void Create_LeavesItsParametersAlone()
    {
        var layer = new Embedding(8, 4, paddingIdx: 1);
        layer.Weight.Dispose();
        Assert.Equal(0, Live);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _device.Dispose();
    }
}
