namespace Nabla.Tests.Graph;

/// <summary>A device of their own: other tests rent and drop memory of the process's at the same time.</summary>
public sealed class MemoryTests : IDisposable
{
    private const int Size = 1 << 20;
    private readonly Device _device = new(CpuDevice.Create());

    public void Dispose() => _device.Implementation.Dispose();

    [Fact]
    public void Backward_FreesSavedTensorsAtOnce()
    {
        var x = Tensor.Ones([Size], device: _device, requiresGrad: true);
        long Leased() => _device.Memory.Statistics.Live;
        Tensor loss;
        long before = Leased();
        {
            var y = x.Exp();
            var z = y.Sin();
            loss = z.Sum();
            y.Dispose();
            z.Dispose();
        }

        // Exp saved its result, which sin saved as its input: one storage.
        Assert.True(Leased() - before >= Size * sizeof(float));
        loss.Backward();

        // Left: the gradient of x, and the loss itself.
        Assert.InRange(Leased() - before, Size * sizeof(float), Size * sizeof(float) + 4096);
        x.Grad!.Dispose();
        Assert.InRange(Leased() - before, 0, 4096);
    }

    [Fact]
    public void Backward_RetainGraph_KeepsThem()
    {
        var x = Tensor.Ones([Size], device: _device, requiresGrad: true);
        long before = _device.Memory.Statistics.Live;
        var y = x.Exp();
        var loss = y.Sum();
        y.Dispose();
        loss.Backward(retainGraph: true);
        Assert.True(_device.Memory.Statistics.Live - before >= 2 * Size * sizeof(float)); // the saved result and the gradient
        loss.Backward();
        Assert.InRange(_device.Memory.Statistics.Live - before, Size * sizeof(float), Size * sizeof(float) + 4096);
        GC.KeepAlive(x);
    }

    [Fact]
    public void Backward_Again_AddsIntoTheGradientThatIsThere()
    {
        var x = Tensor.Ones([Size], device: _device, requiresGrad: true);
        using (var loss = x.Sum())
            loss.Backward();
        var gradient = x.Grad!;
        long before = _device.Memory.Statistics.Live;
        for (int i = 0; i < 3; i++)
        {
            using var doubled = x * 2f;
            using var loss = doubled.Sum();
            loss.Backward();
        }

        Assert.Same(gradient, x.Grad);
        Assert.Equal(7, gradient.AsSpan<float>()[Size - 1]);
        Assert.InRange(_device.Memory.Statistics.Live - before, 0, 4096);
    }

    /// <summary>A tensor that is used often: its gradients are added as they come, into one buffer, and not kept side by side.</summary>
    [Fact]
    public void Backward_OfManyUses_KeepsOneSum()
    {
        const long bytes = Size * sizeof(float);
        using var device = CpuDevice.Create();
        var x = Tensor.Ones([Size], device: new Device(device), requiresGrad: true);
        Tensor loss = x.Sum();
        for (int i = 2; i <= 8; i++)
        {
            using var part = x * i;
            loss += part.Sum();
        }

        long before = device.Memory.Statistics.Live;
        Assert.Equal(bytes, before, 4096.0); // a product with a number saves nothing
        loss.Backward();
        Assert.Equal(36, x.Grad!.AsSpan<float>()[0]);
        Assert.InRange(device.Memory.Statistics.Peak - before, bytes, (3 * bytes) + 4096);
    }

    [Fact]
    public void Write_ThatFails_GivesTheOldValuesItKeptBack()
    {
        var y = Tensor.Ones([Size], device: _device);
        var w = Tensor.Ones([1], device: _device, requiresGrad: true);
        long before = _device.Memory.Statistics.Live;
        Assert.Throws<MemoryAccessException>(() => y.Unfold(0, 3, 1).Mul_(w)); // shows elements more than once
        Assert.InRange(_device.Memory.Statistics.Live - before, 0, 4096);
        GC.KeepAlive((y, w));
    }

    [Fact]
    public void Backward_ThatFails_GivesEverythingBack()
    {
        var x = Tensor.Ones([Size], device: _device, requiresGrad: true);
        var y = x.Exp();
        var loss = (y * 2).Sum();
        y.Add_(1);
        long before = _device.Memory.Statistics.Live;
        Assert.Throws<AutogradException>(() => loss.Backward());
        Assert.InRange(_device.Memory.Statistics.Live - before, 0, 4096);
        GC.KeepAlive((x, y));
    }
}
