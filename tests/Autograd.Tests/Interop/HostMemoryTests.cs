using System.Numerics.Tensors;

namespace Nabla.Tests.Interop;

public sealed class HostMemoryTests
{
    [Fact]
    public void Wrap_SharesBothWays()
    {
        float[] host = [10, 20, 30];
        var shared = Tensor.Wrap(host);
        host[0] = 99;
        Expect.Values(shared, 99, 20, 30);
        shared.Add_(1);
        Assert.Equal([100, 21, 31], host);
    }

    [Fact]
    public void From_Copies()
    {
        float[] host = [10, 20];
        var copy = Tensor.From(host);
        host[0] = 99;
        Expect.Values(copy, 10, 20);
    }

    [Fact]
    public void AsSpan_SharesAndCountsAWrite()
    {
        var x = Tensor.Zeros(2, 2);
        var view = x[1];
        int version = x.Version;
        view.AsSpan<float>()[1] = 5;
        Expect.Values(x, 0, 0, 0, 5);
        Assert.Equal(version + 1, x.Version);
        _ = x.AsReadOnlySpan<float>();
        Assert.Equal(version + 1, x.Version);
    }

    [Fact]
    public void AsSpan_BetweenForwardAndBackward_IsNoticed()
    {
        var x = Expect.Leaf(1, 2);
        var y = x * 1;
        var z = (y * y).Sum();
        y.AsSpan<double>()[0] = 7;
        Expect.Throws<AutogradException>(() => z.Backward(), "changed in place");
    }

    [Fact]
    public void AsSpan_WhereNoneShowsTheElements_Throws()
    {
        Expect.Throws<MemoryAccessException>(() => Tensor.Zeros(2, 3).T.AsSpan<float>(), "not dense");
        Expect.Throws<DTypeException>(() => Tensor.Zeros(2).AsSpan<int>(), "float32", "int32");
    }

    [Fact]
    public void AsMemory_SharesAndOutlivesTheTensor()
    {
        Memory<float> memory = Kept();
        GC.Collect();
        _ = Tensor.Zeros(4); // would take the block, were it free
        Assert.Equal([0, 1, 2, 3], memory.ToArray());

        static Memory<float> Kept()
        {
            using var x = Tensor.Arange(4, DType.Float32);
            var memory = x.AsMemory<float>();
            memory.Span[1] = 10;
            Expect.Values(x, 0, 10, 2, 3);
            x.Sub_(Tensor.From([0f, 9, 0, 0]));
            return memory;
        }
    }

    [Fact]
    public unsafe void AsMemory_OfAPartOfAWrappedArray_PinsIt()
    {
        int[] host = [1, 2, 3, 4];
        var x = Tensor.Wrap(host);
        int version = x.Version;
        ReadOnlyMemory<int> read = x[1..3].AsReadOnlyMemory<int>();
        Assert.Equal(version, x.Version);
        Assert.Equal([2, 3], read.ToArray());
        var memory = x[1..3].AsMemory<int>();
        Assert.Equal(version + 1, x.Version);
        using (var pin = memory.Pin())
            ((int*)pin.Pointer)[1] = 33;
        Assert.Equal([1, 2, 33, 4], host);
    }

    [Fact]
    public void AsMemory_OfNothing_IsEmpty() => Assert.True(Tensor.Zeros(0).AsMemory<float>().IsEmpty);

    [Fact]
    public void AsTensorSpan_OfAView_WritesThrough()
    {
        var x = Tensor.Arange(6, DType.Int32).Reshape(2, 3);
        TensorSpan<int> span = x[.., 1..].T.AsTensorSpan<int>();
        Assert.Equal([2, 2], span.Lengths.ToArray());
        span[1, 0] = 20; // row 0, column 2
        Expect.Values(x, 0, 1, 20, 3, 4, 5);
    }

    [Fact]
    public void ToSystemTensor_AndBack_KeepsShapeAndValues()
    {
        var system = Tensor.Arange(6, DType.Int32).Reshape(2, 3).T.ToSystemTensor<int>();
        Assert.Equal([3, 2], system.Lengths.ToArray());
        Expect.Values(Tensor.From<int>(system.AsReadOnlyTensorSpan()), 0, 3, 1, 4, 2, 5);
    }

    [Fact]
    public void CopyTo_ConvertsAndLeavesTheRest()
    {
        int[] target = [9, 9, 9];
        Tensor.From([1.9, -2.9]).CopyTo<int>(target);
        Assert.Equal([1, -2, 9], target);
        Expect.Throws<ShapeException>(() => Tensor.Zeros(4).CopyTo<int>(target), "3 places", "4 elements");
    }

    [Fact]
    public async Task ToArrayAsync_GivesTheElements()
    {
        int[] elements = await Tensor.Arange(4).Reshape(2, 2).T.ToArrayAsync<int>(TestContext.Current.CancellationToken);
        Assert.Equal([0, 2, 1, 3], elements);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tensor.Zeros(2).ToArrayAsync<float>(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Item_OfOneElementAlone()
    {
        Assert.Equal(2.5, Tensor.Full([1, 1], 2.5).Item<double>());
        Expect.Throws<ShapeException>(() => Tensor.Zeros(2).Item<float>(), "[2]");
        Expect.Throws<ShapeException>(() => Tensor.Zeros(0).Item<float>(), "[0]");
    }

    [Fact]
    public void From_WithAnotherCount_Throws() => Expect.Throws<ShapeException>(() => Tensor.From<float>(new float[3], [2, 2]), "3 values", "[2, 2]");
}
