namespace Nabla.Tests.Indexing;

public sealed class IndexingTests
{
    private static readonly Tensor Cube = Tensor.Arange(24, dtype: DType.Float64).Reshape(2, 3, 4);

    [Fact]
    public void Get_IntegersAndRanges_DropAndKeepDimensions()
    {
        Expect.Shape(Cube[0], 3, 4);
        Expect.Values(Cube[1, 2, 3], 23);
        Expect.Shape(Cube[1, 2, 3]);
        Expect.Values(Cube[.., 1, ^1], 7, 19);
        Expect.Values(Cube[1, 1.., ..2], 16, 17, 20, 21);
        Expect.Values(Cube[0, 0, 1..^1], 1, 2);
        Expect.Values(Cube[-1, -1, -1], 23);
        Expect.Values(Cube[0L, 0, 0], 0);
    }

    [Fact]
    public void Get_IsAViewWithOneSliceAndOneReshape()
    {
        var part = Cube[1, .., ^2];
        Expect.Values(part, 14, 18, 22);
        Assert.Equal([4], part.Strides.AsSpan().ToArray());
        Assert.Equal(14, part.StorageOffset);
        Assert.IsType<ReshapeOp>(part.Data.View!.Op);
        Assert.IsType<SliceOp>(part.Data.View.Source.View!.Op);
        Assert.Equal(Cube.Data, part.Data.View.Source.View.Source);
    }

    [Fact]
    public void Get_Slice_HasPythonsBounds()
    {
        var x = Tensor.Arange(10);
        double[] Slice(long? start, long? stop, long step = 1) => x[TensorIndex.Slice(start, stop, step)].ToArray<double>();
        Assert.Equal([2, 3, 4], Slice(2, 5));
        Assert.Equal([8, 9], Slice(-2, null));
        Assert.Equal([0, 1], Slice(null, -8));
        Assert.Equal([1, 4, 7], Slice(1, null, 3));
        Assert.Equal([7, 8, 9], Slice(7, 99));
        Assert.Equal([0, 1], Slice(-99, 2));
        Assert.Empty(Slice(5, 2));
        Assert.Empty(Slice(99, null));
        Assert.Empty(Slice(null, -99));
        Assert.Equal([0, 9], Slice(null, null, 9));
    }

    [Fact]
    public void Get_Ranges_AreCutAtTheEnds()
    {
        var x = Tensor.Arange(4);
        Expect.Values(x[2..99], 2, 3);
        Expect.Values(x[..^9]);
        Expect.Values(x[^9..2], 0, 1);
        Expect.Values(x[^0..]);
        Expect.Values(x[3..1]);
        Expect.Values(x[..], 0, 1, 2, 3);
    }

    [Fact]
    public void Get_EllipsisAndNewAxis()
    {
        Expect.Values(Cube[TensorIndex.Ellipsis, 1, 2], 6, 18);
        Expect.Shape(Cube[0, TensorIndex.Ellipsis], 3, 4);
        Expect.Shape(Cube[TensorIndex.Ellipsis], 2, 3, 4);
        Expect.Shape(Cube[0, TensorIndex.Ellipsis, 0, 0]);
        Expect.Shape(Cube[TensorIndex.NewAxis, 0, TensorIndex.Ellipsis, TensorIndex.NewAxis], 1, 3, 4, 1);
        Expect.Shape(Cube[TensorIndex.NewAxis], 1, 2, 3, 4);
        Expect.Shape(Tensor.From(1f)[TensorIndex.NewAxis], 1);
        Expect.Shape(Tensor.From(1f)[TensorIndex.Ellipsis]);
    }

    [Fact]
    public void Get_OfNoElements()
    {
        var empty = Tensor.Zeros(0, 3);
        Expect.Shape(empty[.., 1], 0);
        Expect.Shape(empty[.., 1..2], 0, 1);
        Expect.Throws<TensorIndexException>(() => _ = empty[0], "out of range");
    }

    [Fact]
    public void Get_OutOfRange_Throws()
    {
        Expect.Throws<TensorIndexException>(() => _ = Cube[2], "2", "dimension 0", "size 2");
        Expect.Throws<TensorIndexException>(() => _ = Cube[-3], "dimension 0");
        Expect.Throws<TensorIndexException>(() => _ = Cube[^0], "dimension 0");
        Expect.Throws<TensorIndexException>(() => _ = Cube[.., ^4], "dimension 1");
        Expect.Throws<TensorIndexException>(() => _ = Cube[0, 0, 0, 0], "4 dimensions", "has 3");
        Expect.Throws<TensorIndexException>(() => _ = Tensor.From(1f)[0], "has 0");
        Expect.Throws<TensorIndexException>(() => _ = Cube[TensorIndex.Ellipsis, TensorIndex.Ellipsis], "Ellipsis");
        Expect.Throws<TensorArgumentException>(() => TensorIndex.Slice(0, 1, 0), "step");
        Expect.Throws<TensorArgumentException>(() => TensorIndex.Slice(0, 1, -1), "step");
    }

    [Fact]
    public void Set_Number_IsSeenByViews()
    {
        var x = Tensor.Zeros(2, 3);
        var row = x[1];
        x[1, ..] = 5;
        x[.., ^1] = 2.5;
        Expect.Values(row, 5, 5, 2.5);
        Expect.Values(x, 0, 0, 2.5, 5, 5, 2.5);
        Assert.Equal(2, x.Version);
    }

    [Fact]
    public void Set_Tensor_BroadcastsAndConverts()
    {
        var x = Tensor.Zeros(2, 3);
        x[..] = Tensor.From(new[] { 1, 2, 3 });
        Expect.Values(x, 1, 2, 3, 1, 2, 3);
        x[0] = Tensor.From(new[,] { { 7.0, 8.0, 9.0 } }); // leading dimensions of size 1 do not count
        Expect.Values(x[0], 7, 8, 9);
        x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 3, 2)] = Tensor.From(new[,] { { 0f }, { 1f } });
        Expect.Values(x, 0, 8, 0, 1, 2, 1);
    }

    [Fact]
    public void Set_ThatDoesNotBroadcast_Throws()
    {
        var x = Tensor.Zeros(3, 4);
        Expect.Throws<ShapeException>(() => x[0] = Tensor.Zeros(3), "[3]", "[4]");
        Assert.Equal(0, x.Version);
    }

    [Fact]
    public void Set_Number_IsThatNumber()
    {
        var precise = Tensor.Zeros([2], DType.Float64);
        precise[0] = 0.1; // and not the float32 that a tensor made of it is
        Assert.Equal([0.1, 0], precise.ToArray<double>());

        var bytes = Tensor.Zeros([2], DType.UInt8);
        bytes[0] = 255;
        Expect.Throws<TensorArgumentException>(() => bytes[1] = 300, "300", "uint8", "0 to 255");
        Expect.Values(bytes, 255, 0);

        bytes[1] = Tensor.From(new[] { 300 })[0]; // a tensor is converted
        Expect.Values(bytes, 255, 44);
    }

    [Fact]
    public void Set_NumberThatWasWrittenOrAsksForGradientsOrIsGone_IsTheTensor()
    {
        Tensor number = 5;
        number.Add_(1);
        var x = Tensor.Zeros(3);
        x[0] = number;
        Tensor leaf = 2.0;
        leaf.RequiresGrad = true;
        x[1] = leaf;
        Expect.Values(x, 6, 2, 0);
        (x * Tensor.From(new[] { 3f, 4f, 5f })).Sum().Backward();
        Expect.Values(leaf.Grad, 4);
        number.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x[0] = number);
        Tensor gone = 5;
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x[0] = gone);
        Expect.Values(x, 6, 2, 0);
    }

    [Fact]
    public void Gradient_OfANumberInThePlaceOfElements_IsZero()
    {
        var x = Tensor.Ones([3], DType.Float64, requiresGrad: true);
        var y = x * 2;
        y[1] = 7;
        y.Square().Sum().Backward();
        Expect.Values(y, 2, 7, 2);
        Expect.Values(x.Grad, 8, 0, 8);
    }

    [Fact]
    public void Set_Compound_WritesBack()
    {
        var x = Tensor.Arange(3, dtype: DType.Float32);
        x[1..] += 10;
        x[0] -= 1;
        Expect.Values(x, -1, 11, 12);
    }

    [Fact]
    public void Numbers_KeepTheTensorsElementType()
    {
        var x = Tensor.Ones([2], DType.Float32);
        Assert.Equal(DType.Float32, (x + 2.0).DType);
        Assert.Equal(DType.Int64, (Tensor.Arange(2) * 2).DType);
        Assert.Equal(DType.Float32, x.Add(1).DType);
        Assert.Equal(DType.Float32, (1 - x).DType);
    }

    [Fact]
    public void Gradient_OfIndexing_GoesToTheElements()
    {
        var x = Tensor.Zeros([2, 3], DType.Float64, requiresGrad: true);
        (x[1, ..2] * Tensor.From(new[] { 2.0, 3.0 })).Sum().Backward();
        Expect.Values(x.Grad, 0, 0, 0, 2, 3, 0);
    }
}
