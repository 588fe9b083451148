namespace Nabla.Tests.Graph;

/// <summary>Other tests rent memory at the same time: alone in its collection, and not parallel to others.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const int Size = 1 << 20;

    [Fact]
    public void Backward_FreesSavedTensorsAtOnce()
    {
        var x = Tensor.Ones([Size], requiresGrad: true);
        long Leased() => x.Device.Memory.Statistics.Live;
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
        var x = Tensor.Ones([Size], requiresGrad: true);
        long before = x.Device.Memory.Statistics.Live;
        var y = x.Exp();
        var loss = y.Sum();
        y.Dispose();
        loss.Backward(retainGraph: true);
        Assert.True(x.Device.Memory.Statistics.Live - before >= 2 * Size * sizeof(float)); // the saved result and the gradient
        loss.Backward();
        Assert.InRange(x.Device.Memory.Statistics.Live - before, Size * sizeof(float), Size * sizeof(float) + 4096);
    }

    [Fact]
    public void Backward_ThatFails_GivesEverythingBack()
    {
        var x = Tensor.Ones([Size], requiresGrad: true);
        var y = x.Exp();
        var loss = (y * 2).Sum();
        y.Add_(1);
        long before = x.Device.Memory.Statistics.Live;
        Assert.Throws<AutogradException>(() => loss.Backward());
        Assert.InRange(x.Device.Memory.Statistics.Live - before, 0, 4096);
    }
}
