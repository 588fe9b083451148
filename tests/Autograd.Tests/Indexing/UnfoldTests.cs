namespace Nabla.Tests;

public sealed class UnfoldTests
{
    [Fact]
    public void Unfold_Windows_ShareMemory()
    {
        var x = Tensor.Arange(6);
        var windows = x.Unfold(0, 3, 2);
        Expect.Values(windows, 0, 1, 2, 2, 3, 4);
        x[2].Fill_(9);
        Expect.Values(windows, 0, 1, 9, 9, 3, 4);
        Expect.Shape(Tensor.Zeros(2, 7, 3).Unfold(1, 2, 3), 2, 2, 3, 2);
        Expect.Throws<TensorArgumentException>(() => x.Unfold(0, 7, 1), "windows of 7");
    }

    [Fact]
    public void WriteIntoWindows_ThatStandApart_IsAWriteIntoTheSource()
    {
        var x = Tensor.Zeros(2, 7);
        x.T.Unfold(0, 2, 3).Fill_(1);
        Expect.Values(x, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0);
        x.Unfold(0, 2, 5).Add_(1); // one window, whatever the step
        Expect.Values(x, 2, 2, 1, 2, 2, 1, 1, 2, 2, 1, 2, 2, 1, 1);
    }

    [Fact]
    public void WriteIntoWindows_ThatShareElements_IsRefused()
    {
        var x = Tensor.Zeros(5);
        Expect.Throws<MemoryAccessException>(() => x.Unfold(0, 3, 2).Fill_(1), "the target [2, 3] with strides [2, 1] shows");
        Expect.Values(x, 0, 0, 0, 0, 0);
        Assert.Equal(0, x.Version);
    }

    [Fact]
    public void RecordedWrite_IntoPartOfSharedWindows_IsRefusedBeforeAnythingIsWritten()
    {
        var y = Tensor.Ones([5], DType.Float64, requiresGrad: true) * 2;
        Expect.Throws<MemoryAccessException>(() => y.Unfold(0, 3, 1)[0].Mul_(2), "mul_");
        Expect.Throws<MemoryAccessException>(() => y.Expand(2, 5)[0].Mul_(2), "mul_");
        Expect.Values(y, 2, 2, 2, 2, 2);
        Assert.Equal(0, y.Version);
    }

    [Fact]
    public void Gradient_OfSharedElements_IsTheSumOverTheirWindows()
    {
        var x = Tensor.Ones([5], DType.Float64, requiresGrad: true);
        (x.Unfold(0, 3, 1) * Tensor.From(new[] { 1.0, 10, 100 })).Sum().Backward();
        Expect.Values(x.Grad, 1, 11, 111, 110, 100);
    }

    [Fact]
    public void WriteIntoWindows_OfAResult_TakesItsPartOfTheGradient()
    {
        var x = Tensor.Ones([5], DType.Float64, requiresGrad: true);
        var y = x * 3;
        y.Unfold(0, 1, 2).Mul_(x[0]);
        y.Sum().Backward();
        Expect.Values(x.Grad, 3 + 9, 3, 3, 3, 3);
    }

    [Fact]
    public void WriteIntoWindows_LongerThanTheyAreMany_TakesItsPartOfTheGradient()
    {
        var x = Tensor.Ones([2, 8, 2], DType.Float64, requiresGrad: true);
        var y = x * 1;
        y.Unfold(1, 3, 4).Mul_(Tensor.From(new[] { 2.0, 3, 5 }));
        y.Unfold(1, 8, 1).Mul_(10);
        y.Sum().Backward();
        double[] along = [20, 30, 50, 10, 20, 30, 50, 10];
        Expect.Values(x.Grad, [.. Enumerable.Range(0, 32).Select(i => along[i / 2 % 8])]);
        Expect.Values(y.Detach(), x.Grad!.ToArray<double>());
    }

    [Fact]
    public void MatMul_OfSharedWindows_EqualsThatOfACopy()
    {
        var signal = Tensor.Arange(70, dtype: DType.Float32);
        var (windows, kernel) = (signal.Unfold(0, 17, 1), Tensor.Arange(17 * 3, dtype: DType.Float32).Reshape(17, 3));
        Assert.Equal(windows.Clone().MatMul(kernel).ToArray<float>(), windows.MatMul(kernel).ToArray<float>());
        Assert.Equal(windows.Clone().T.MatMul(windows.Clone()).ToArray<float>(), windows.T.MatMul(windows).ToArray<float>());
    }
}
