namespace Nabla.Tests;

public sealed class ShapeTests
{
    private static Tensor Count(params long[] shape) => Tensor.Arange(shape.Aggregate(1L, (a, b) => a * b)).Reshape(shape);

    [Fact]
    public void Cat_WithAnEmptyVector_JoinsNothingYetKeepsItInTheGraph()
    {
        var empty = Tensor.From(Array.Empty<double>());
        empty.RequiresGrad = true;
        var x = Tensor.From(new[] { 1.0, 2.0 }).Reshape(1, 2);
        var y = Tensor.Cat([empty, x, x], -2);
        Assert.True(y.RequiresGrad);
        Expect.Values(y.Detach().Reshape(-1), 1, 2, 1, 2);
        y.Sum().Backward();
        Assert.Equal([0], empty.Grad!.Shape.AsSpan());
        Assert.Equal([0], Tensor.Cat([empty, empty]).Shape.AsSpan());
    }

    [Fact]
    public void Slice_CutsOffWhatLiesBeyond()
    {
        var x = Count(6);
        Assert.Equal([1L, 3L], x.Slice(0, 1, 5, 2).ToArray<long>());
        Assert.Equal([4L, 5L], x.Slice(0, -2, 100).ToArray<long>());
        Expect.Shape(x.Slice(0, 4, 2), 0);
        Expect.Throws<TensorArgumentException>(() => x.Slice(0, step: -1), "Flip");
    }

    [Fact]
    public void Split_SharesMemoryAndChecksSizes()
    {
        var x = Count(5, 2);
        var parts = x.Split(2);
        Assert.Equal([2L, 2L, 1L], parts.Select(p => p.Shape[0]));
        parts[1].Fill_(-1);
        Assert.Equal(-1, x.Select(0, 2).Select(0, 0).Item<long>());
        Expect.Throws<TensorArgumentException>(() => x.Split([2, 2]), "add up to 4", "5");
        Expect.Throws<TensorArgumentException>(() => x.Split(0), "split");
    }

    [Fact]
    public void Unbind_PartsOfAComputation_CannotBeWritten()
    {
        var x = Tensor.Ones([2, 2], requiresGrad: true) * 2;
        foreach (var part in x.Unbind().Concat(x.Chunk(2)).Concat(x.TensorSplit(2)).Concat(x.Split(1)))
            Expect.Throws<AutogradException>(() => part.Mul_(2), "one of several");
    }

    [Fact]
    public void TensorSplit_AtNegativeAndOverlappingPositions()
    {
        var x = Count(6);
        Assert.Equal([2L, 3L, 1L], x.TensorSplit([2, -1]).Select(p => p.Shape[0]));
        Assert.Equal([4L, 0L, 4L], x.TensorSplit([4, 2]).Select(p => p.Shape[0]));
        Assert.Equal([2L, 2L, 1L, 1L], x.TensorSplit(4).Select(p => p.Shape[0]));
    }

    [Fact]
    public void Chunk_OfNothing_KeepsTheNumber()
    {
        Assert.Equal(3, Tensor.Zeros(0, 2).Chunk(3).Length);
        Assert.Equal([2L, 2L, 1L], Count(5).Chunk(3).Select(p => p.Shape[0]));
        Expect.Throws<TensorArgumentException>(() => Count(5).Chunk(0), "chunk");
    }

    [Fact]
    public void Repeat_WithNewDimensionsAndNothing()
    {
        Assert.Equal([0L, 1L, 0L, 1L, 0L, 1L, 0L, 1L], Count(2).Repeat(2, 2).ToArray<long>());
        Expect.Shape(Count(2, 3).Repeat(0, 2), 0, 6);
        Expect.Shape(Count(2, 3).Tile(2), 2, 6);
        Assert.Equal([7L, 7L], Tensor.From(7L).Repeat(2).ToArray<long>());
        Expect.Throws<ShapeException>(() => Count(2, 3).Repeat(2), "Tile");
    }

    [Fact]
    public void Repeat_ByOne_IsACopy()
    {
        var x = Count(2);
        x.Repeat(1).Fill_(9);
        Assert.Equal([0L, 1L], x.ToArray<long>());
    }

    [Fact]
    public void RepeatInterleave_WithACountForEach()
    {
        Assert.Equal([0L, 0L, 1L, 1L], Count(2).RepeatInterleave(2).ToArray<long>());
        Assert.Equal([1L, 1L, 2L], Count(3).RepeatInterleave(Tensor.From(new long[] { 0, 2, 1 })).ToArray<long>());
        Expect.Shape(Count(2, 3).RepeatInterleave(Tensor.From(new long[] { 1, 2, 0 }), 1), 2, 3);
        Expect.Throws<ShapeException>(() => Count(3).RepeatInterleave(Tensor.From(new long[] { 1, 2 })), "repeat_interleave");
    }

    [Fact]
    public void Flip_AndRoll_AndRot90()
    {
        Assert.Equal([3L, 2L, 1L, 0L], Count(2, 2).Flip(0, 1).ToArray<long>());
        Assert.Equal([2L, 0L, 1L], Count(3).Roll(-2).ToArray<long>());
        Assert.Equal([5L, 3L, 4L, 2L, 0L, 1L], Count(2, 3).Roll([1, 1], [0, 1]).ToArray<long>());
        Assert.Equal([5L, 0L, 1L, 2L, 3L, 4L], Count(2, 3).Roll(1).ToArray<long>());
        Assert.Equal(Count(2, 3).Rot90(3).ToArray<long>(), Count(2, 3).Rot90(-1).ToArray<long>());
        Assert.Equal([2L, 5L, 1L, 4L, 0L, 3L], Count(2, 3).Rot90().ToArray<long>());
        Expect.Throws<TensorArgumentException>(() => Count(2, 2).Flip(0, -2), "more than once");
    }

    [Fact]
    public void Pad_Modes()
    {
        var x = Count(4);
        Assert.Equal([2L, 1L, 0L, 1L, 2L, 3L, 2L], x.Pad([2, 1], PadMode.Reflect).ToArray<long>());
        Assert.Equal([0L, 0L, 0L, 1L, 2L, 3L, 3L], x.Pad([2, 1], PadMode.Replicate).ToArray<long>());
        Assert.Equal([2L, 3L, 0L, 1L, 2L, 3L, 0L], x.Pad([2, 1], PadMode.Circular).ToArray<long>());
        Assert.Equal([1L, 2L, 3L, 9L, 9L], x.Pad([-1, 2], value: 9).ToArray<long>());
        Assert.Equal([1L, 2L, 3L], x.Pad([-1, 0]).ToArray<long>());
        Expect.Throws<TensorArgumentException>(() => x.Pad([4, 0], PadMode.Reflect), "Reflect");
        Expect.Throws<TensorArgumentException>(() => x.Pad([1]), "pairs");
        Expect.Throws<ShapeException>(() => x.Pad([-3, -2]), "pad");
    }

    [Fact]
    public void MoveDim_AndUnflatten()
    {
        Expect.Shape(Tensor.Zeros(2, 3, 4).MoveDim([0, 1], [2, 0]), 3, 4, 2);
        Expect.Shape(Tensor.Zeros(2, 6).Unflatten(-1, 2, -1), 2, 2, 3);
        Expect.Throws<TensorArgumentException>(() => Tensor.Zeros(2, 3).MoveDim([0, 0], [0, 1]), "more than once");
        Expect.Throws<ShapeException>(() => Tensor.Zeros(2, 6).Unflatten(1, 4, 2), "unflatten");
    }

    [Fact]
    public void Stacks_RaiseRanksAsPyTorchDoes()
    {
        var v = Count(3);
        Expect.Shape(Tensor.HStack(v, v), 6);
        Expect.Shape(Tensor.VStack(v, Count(2, 3)), 3, 3);
        Expect.Shape(Tensor.DStack(v, v), 1, 3, 2);
        Expect.Shape(Tensor.DStack(Count(2, 3), Count(2, 3)), 2, 3, 2);
        Expect.Shape(Tensor.ColumnStack(v, Count(3, 2)), 3, 3);
        Expect.Shape(Tensor.HStack(Tensor.From(1), Tensor.From(2)), 2);
    }

    [Fact]
    public void BlockDiag_OfScalarsVectorsAndMatrices()
    {
        var x = Tensor.BlockDiag(Tensor.From(5.0), Tensor.From(new[] { 1f, 2f }), Tensor.Ones(2, 1));
        Expect.Shape(x, 4, 4);
        Assert.Equal(DType.Float32, x.DType);
        Expect.Values(x, 5, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    [Fact]
    public void CartesianProd_AndCombinations()
    {
        Assert.Equal([0L, 0L, 0L, 1L, 1L, 0L, 1L, 1L], Tensor.CartesianProd(Count(2), Count(2)).ToArray<long>());
        Assert.Equal([0L, 1L, 0L, 2L, 1L, 2L], Count(3).Combinations().ToArray<long>());
        Expect.Shape(Count(2).Combinations(3), 0, 3);
        Expect.Shape(Count(2).Combinations(2, withReplacement: true), 3, 2);
    }

    [Fact]
    public void Linspace_MeetsBothEnds()
    {
        float[] values = Tensor.Linspace(0.1, 0.7, 7).ToArray<float>();
        Assert.Equal(0.1f, values[0]);
        Assert.Equal(0.7f, values[^1]);
        Assert.Equal([3f], Tensor.Linspace(3, 9, 1).ToArray<float>());
        Assert.Equal([0L, 2L, 5L, 7L, 10L], Tensor.Linspace(0, 10, 5, DType.Int64).ToArray<long>());
        Expect.Values(Tensor.Logspace(0, 2, 3, @base: 2, DType.Float64), 1, 2, 4);
        Expect.Throws<TensorArgumentException>(() => Tensor.Linspace(0, 1, -1), "linspace");
    }

    [Fact]
    public void TriangleIndices_WithOffsets()
    {
        Assert.Equal([0L, 1L, 1L, 0L, 0L, 1L], Tensor.TrilIndices(2, 3).ToArray<long>());
        Assert.Equal([0L, 0L, 1L, 1L, 2L, 2L], Tensor.TriuIndices(2, 3, 1).ToArray<long>());
        Expect.Shape(Tensor.TrilIndices(3, 3, -5), 2, 0);
    }

    [Fact]
    public void Meshgrid_InBothOrders()
    {
        var grids = Tensor.Meshgrid([Count(2), Count(3)], MeshIndexing.Xy);
        Expect.Shape(grids[0], 3, 2);
        Assert.Equal([0L, 1L, 0L, 1L, 0L, 1L], grids[0].ToArray<long>());
        Expect.Throws<DTypeException>(() => Tensor.Meshgrid([Count(2), Tensor.Ones(2)]), "meshgrid");
    }

    [Fact]
    public void PixelShuffle_AndBack()
    {
        var x = Count(1, 8, 2, 3);
        var y = x.PixelShuffle(2);
        Expect.Shape(y, 1, 2, 4, 6);
        Assert.Equal([0L, 6L, 1L, 7L], y.ToArray<long>()[..4]);
        Assert.Equal(x.ToArray<long>(), y.PixelUnshuffle(2).ToArray<long>());
        Expect.Throws<ShapeException>(() => Count(6, 2, 2).PixelShuffle(2), "pixel_shuffle");
    }
}
