namespace Nabla.Tests;

/// <summary>What the engine allocates around a kernel: gates, so that a small object more does not slip in.</summary>
public sealed class OverheadTests
{
    private const int Calls = 1000;
    private readonly Tensor _constant = Tensor.From(2f), _leaf = Tensor.From(1f, requiresGrad: true);

    [Fact]
    public void Add_OneElement_AllocatesTheResultAndItsHandle() =>
        AtMost(104, () => (_constant + _constant).Dispose());

    [Fact]
    public void Add_Recorded_AllocatesANodeBesides() =>
        AtMost(392, () => (_leaf + _constant).Dispose());

    [Fact]
    public void Backward_OfAnAdd_AllocatesTheGradientAndLittleElse() =>
        AtMost(536, () =>
        {
            (_leaf + _constant).Backward();
            _leaf.Grad = null;
        });

    [Fact]
    public void Item_AllocatesNothing() => AtMost(0, () => _constant.Item<float>());

    /// <summary>Growing tables (of handles that nobody swept yet) are not the call's own: hence the per mille.</summary>
    private static void AtMost(long bytes, Action call) => Assert.InRange(Allocation.Least(Calls, call), 0, (bytes * Calls) + (Calls / 10));
}
