namespace Nabla.Tests.Tensors;

public sealed class RandomTests
{
    [Fact]
    public void Rand_OfOneSeed_IsOneStream()
    {
        var (a, b) = (new Generator(7), new Generator(7));
        var first = Tensor.Rand([100], generator: a);
        Assert.True(first.IsEqual(Tensor.Rand([100], generator: b)));
        Assert.False(first.IsEqual(Tensor.Rand([100], generator: a))); // the stream went on
        a.ManualSeed(7);
        Assert.True(first.IsEqual(Tensor.Rand([100], generator: a)));
        Assert.False(first.IsEqual(Tensor.Rand([100], generator: new Generator(8))));
    }

    [Fact]
    public void Rand_OneAfterAnother_SharesNoNumbers()
    {
        var generator = new Generator(7);
        var drawn = Enumerable.Range(1, 9).SelectMany(count => Tensor.Rand([count], DType.Float64, generator: generator).ToArray<double>()).ToArray();
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Rand_IsUniformBelowOne(DType dtype)
    {
        var values = Tensor.Rand([20_000], dtype, generator: new Generator(1)).ToArray<double>();
        Assert.All(values, v => Assert.InRange(v, 0, 1 - 1e-9));
        for (int quarter = 0; quarter < 4; quarter++)
            Assert.InRange(values.Count(v => (int)(v * 4) == quarter), 4_750, 5_250);
    }

    [Fact]
    public void Randn_HasMeanZeroAndVarianceOne()
    {
        var x = Tensor.Randn([40_000], DType.Float64, generator: new Generator(1));
        Assert.InRange(x.Mean().Item<double>(), -0.02, 0.02);
        Assert.InRange(x.Var().Item<double>(), 0.97, 1.03);
        Assert.InRange(x.Pow(4).Mean().Item<double>(), 2.8, 3.2); // of a normal distribution: 3
    }

    [Fact]
    public void RandInt_CoversItsRangeAndNoMore()
    {
        var values = Tensor.RandInt(-3, 4, [7_000], generator: new Generator(1)).ToArray<long>();
        for (long i = -3; i < 4; i++)
            Assert.InRange(values.Count(v => v == i), 850, 1_150);
        Assert.Equal(7_000, values.Count(v => v is >= -3 and < 4));
        Expect.Throws<TensorArgumentException>(() => Tensor.RandInt(3, 3, [1]), "3");
    }

    [Fact]
    public void RandPerm_IsAPermutation()
    {
        var order = Tensor.RandPerm(1000, generator: new Generator(1)).ToArray<long>();
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(i => (long)i), order);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.Empty(Tensor.RandPerm(0).ToArray<long>());
        Expect.Throws<TensorArgumentException>(() => Tensor.RandPerm(-1), "-1");
        Expect.Throws<ShapeException>(() => Tensor.RandPerm(1L << 31), "2^31");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(70_003)]
    public void RandPerm_IsTheOrderOfTheWords(int count)
    {
        var generator = new Generator(5);
        generator.Reserve(12);
        uint Word(int i)
        {
            var (x0, x1, x2, x3) = Philox.Block(5, (ulong)(3 + (i / 4)));
            return (i % 4) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
        }

        Assert.Equal(Enumerable.Range(0, count).OrderBy(Word).Select(i => (long)i), Tensor.RandPerm(count, generator: generator).ToArray<long>());
        Assert.Equal(3 + ((count + 3) / 4), generator.Counter);
    }

    [Fact]
    public void Rand_OfIntegers_IsRefusedAndDrawsNothing()
    {
        var generator = new Generator(5);
        Expect.Throws<DTypeException>(() => Tensor.Rand([3], DType.Int64, generator: generator), "int64", "RandInt");
        Expect.Throws<DTypeException>(() => Tensor.Randn([3], DType.Bool, generator: generator), "bool", "RandInt");
        Assert.Equal(0, generator.Counter);
    }

    [Fact]
    public void Bernoulli_FollowsTheProbabilities()
    {
        var p = Tensor.From([0.0, 0.25, 1]).Unsqueeze(1).Expand(3, 10_000);
        var drawn = Tensor.Bernoulli(p, new Generator(1));
        Assert.Equal(DType.Float64, drawn.DType);
        var shares = drawn.Mean(1).ToArray<double>();
        Assert.Equal(0, shares[0]);
        Assert.InRange(shares[1], 0.23, 0.27);
        Assert.Equal(1, shares[2]);
        Expect.Throws<TensorArgumentException>(() => Tensor.Bernoulli(Tensor.From([0.5, 1.5])), "bernoulli", "0 .. 1");
        Expect.Throws<DTypeException>(() => Tensor.Bernoulli(Tensor.From([1, 0])), "int32");
    }

    [Fact]
    public void Dropout_ScalesWhatStays()
    {
        var x = Tensor.Ones([10_000], DType.Float64, requiresGrad: true);
        var y = Functional.Dropout(x, 0.25);
        var values = y.ToArray<double>();
        Assert.All(values, v => Assert.True(v == 0 || Math.Abs(v - 4.0 / 3) < 1e-12));
        Assert.InRange(values.Count(v => v == 0), 2_300, 2_700);
        y.Sum().Backward();
        Assert.True(x.Grad!.IsEqual(y.Detach()));
        Assert.Same(x, Functional.Dropout(x, 0.25, training: false));
    }
}
