using Microsoft.Extensions.Options;

namespace Nabla.Tests.Graph;

/// <summary>Moves between two devices: here two of the CPU, which are as different as any.</summary>
public sealed class TransferTests
{
    private static Device Other() => new(new CpuBackend(Options.Create(new CpuOptions())).Open("cpu"));

    [Fact]
    public void To_AnotherDevice_CopiesAndPassesTheGradientBack()
    {
        var other = Other();
        var x = Expect.Leaf(1, 2);
        var moved = (x * 3).To(other);
        Assert.Same(other.Implementation, moved.Device.Implementation);
        (moved * moved).Sum().Backward();
        Expect.Values(x.Grad, 18, 36);
        Assert.Same(x.Device.Implementation, x.Grad!.Device.Implementation);
    }

    [Fact]
    public void To_AnotherDevice_IsDifferentiableTwice()
    {
        var x = Expect.Leaf(1, 2);
        var first = Autograd.Grad(x.To(Other()).Pow(3).Sum(), x, createGraph: true);
        Expect.Values(Autograd.Grad(first.Sum(), x), 6, 12);
    }

    [Fact]
    public void To_AnotherDevice_LargerThanWhatGoesOverAtOnce_ArrivesWhole()
    {
        var x = Tensor.Arange((TransferNode.Chunk / sizeof(float)) + 5, DType.Float32);
        var back = x.To(Other()).To(x.Device);
        Assert.True(back.Eq(x).All().Item<bool>());
    }

    [Fact]
    public void To_TheSameDevice_IsTheTensorItself()
    {
        var x = Expect.Leaf(1);
        Assert.Same(x, x.To(x.Device));
    }

    [Fact]
    public void Copy_FromAnotherDevice_TakesTheValues() => Expect.Values(Tensor.Zeros(2).Copy_(Tensor.From([1f, 2], device: Other())), 1, 2);
}
