namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Profiler_TrainingStep_SeesForwardAndBackwardAndChangesNothing(bool synchronize)
    {
        if (!Device.Traits.DTypes.Contains(DType.Float32))
            return;
        var expected = Step();
        using var profile = Profiler.Start(new() { Synchronize = synchronize });
        using (Profiler.Range("step"))
            Assert.Equal(expected, Step());
        profile.Dispose();
        Assert.Equal(1, Calls("matmul", backward: false));
        Assert.True(Calls("matmul", backward: true) >= 1);
        Assert.Equal(1, Calls("read", backward: false));
        Assert.All(profile.Rows, r => Assert.Equal(Device.Id, r.Device));
        Assert.Equal(1, Assert.Single(profile.Ranges, r => r.Name == "step").Calls);
        Assert.Equal(1, Assert.Single(profile.Ranges, r => r.Name == "backward").Calls);
        Assert.Equal(
            !synchronize && (Device.Traits.Deferred || Device.Traits.Queued), profile.ToString().Contains($"{Device.Id} works after the call", StringComparison.Ordinal));

        long Calls(string name, bool backward) => profile.Rows.Where(r => r.Name == name && r.IsBackward == backward).Sum(r => r.Calls);

        float[] Step()
        {
            var w = Tensor.From(new[,] { { 1f, 2f }, { 3f, 4f } }, requiresGrad: true, device: new Device(Device));
            var loss = w.MatMul(w.Detach()).Exp().Sum();
            loss.Backward();
            return w.Grad!.ToArray<float>();
        }
    }
}
