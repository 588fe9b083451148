namespace Nabla.Tests.Tensors;

/// <summary>The three tiers: tensors with dimensions, tensors without, C# numbers.</summary>
public sealed class PromotionTests
{
    private static Tensor Line(DType dtype) => Tensor.Ones([2], dtype);

    private static Tensor Point(DType dtype) => Tensor.Ones([], dtype);

    [Theory]
    [InlineData(DType.Bool, DType.Int8, DType.Int8)]
    [InlineData(DType.UInt8, DType.Int8, DType.Int16)]
    [InlineData(DType.UInt8, DType.Int32, DType.Int32)]
    [InlineData(DType.Int16, DType.Int64, DType.Int64)]
    [InlineData(DType.Int64, DType.Float16, DType.Float16)]
    [InlineData(DType.Float16, DType.BFloat16, DType.Float32)]
    [InlineData(DType.BFloat16, DType.Float32, DType.Float32)]
    [InlineData(DType.Float32, DType.Float64, DType.Float64)]
    public void Add_OfTheSameTier_TakesTheJoin(DType a, DType b, DType expected)
    {
        Assert.Equal(expected, (Line(a) + Line(b)).DType);
        Assert.Equal(expected, (Line(b) + Line(a)).DType);
        Assert.Equal(expected, (Point(a) + Point(b)).DType);
        Assert.Equal(expected, Tensor.ResultType(Line(a), Line(b)));
    }

    [Theory]
    [InlineData(DType.Float16, DType.Float64, DType.Float16)]
    [InlineData(DType.UInt8, DType.Int64, DType.UInt8)]
    [InlineData(DType.Bool, DType.Int64, DType.Int64)]
    [InlineData(DType.Int32, DType.Float64, DType.Float64)]
    [InlineData(DType.Int32, DType.Float16, DType.Float16)]
    public void Add_OfATensorWithoutDimensions_CountsByCategoryAlone(DType line, DType point, DType expected)
    {
        Assert.Equal(expected, (Line(line) + Point(point)).DType);
        Assert.Equal(expected, (Point(point) + Line(line)).DType);
    }

    [Fact]
    public void Add_OfANumber_CountsByCategoryAlone()
    {
        Assert.Equal(DType.UInt8, (Line(DType.UInt8) + 300).DType);
        Assert.Equal(DType.Float32, (Line(DType.UInt8) + 0.5).DType);
        Assert.Equal(DType.Float16, (Point(DType.Float16) + 0.5).DType);
        Assert.Equal(DType.Int32, (Point(DType.Int32) + 2L).DType);
        Assert.Equal(DType.Int64, (Line(DType.Bool) + 2).DType);
    }

    [Fact]
    public void Where_OfANumber_IsANumber()
    {
        var yes = Tensor.From(true);
        Assert.Equal(DType.Int32, Tensor.Where(yes, Point(DType.Int32), 2L).DType);
        Assert.Equal(DType.Float16, Tensor.Where(yes, 2.0, Point(DType.Float16)).DType);
        Assert.Equal(DType.Float32, Tensor.Where(yes, 2.5, Point(DType.Int32)).DType);
        Assert.Equal(0.1, Tensor.Where(yes, 0.1, Point(DType.Float64)).Item<double>());
    }

    [Fact]
    public void Div_OfIntegers_GivesFloat32()
    {
        Expect.Values(Line(DType.Int64) / 2, 0.5, 0.5);
        Assert.Equal(DType.Float32, (Line(DType.Int64) / Line(DType.Bool)).DType);
    }

    [Fact]
    public void Xlogy_AndLogAddExp_PromoteBeforeTheyCompute()
    {
        var x = Tensor.From([1.0, 2]);
        Assert.Equal(2 * Math.Log(3), x.Xlogy(Tensor.From([3, 3])).ToArray<double>()[1], 1e-15); // not by a logarithm in float32
        Assert.Equal(2 * Math.Log(0.1), Tensor.From(2.0).Xlogy(0.1).Item<double>(), 1e-15);
        Assert.Equal(DType.Float16, Point(DType.Float16).Xlogy(Point(DType.Int8)).DType);
        Assert.Equal(DType.BFloat16, Line(DType.BFloat16).LogAddExp(Line(DType.Int64)).DType);
        Assert.Equal(DType.BFloat16, Line(DType.Bool).LogAddExp2(Line(DType.BFloat16)).DType);
    }

    [Fact]
    public void Clamp_ByTensors_PromotesAllThreeAtOnce()
    {
        var x = Tensor.From(-1.1374342441558838); // no bfloat16
        Assert.Equal(x.Item<double>(), x.Clamp(Tensor.Full([2], -3, DType.BFloat16), Tensor.Ones(2)).ToArray<double>()[1], 1e-7);
        Assert.Equal(DType.Float64, Line(DType.Float32).Clamp(null, Line(DType.Float64)).DType);
    }

    [Fact]
    public void Clamp_OfIntegers_RefusesLimitsBeyondTheirType()
    {
        // As elements they would be other numbers: 300 would be 44.
        var bytes = Tensor.From(new byte[] { 0, 3, 255 });
        Assert.Equal(new byte[] { 0, 3, 255 }, bytes.Clamp(0, 255).ToArray<byte>());
        Assert.Equal([1, 2.5f, 2.5f], bytes.Clamp(1, 2.5).ToArray<float>());
        Expect.Throws<TensorArgumentException>(() => bytes.ClampMax(300), "clamp", "300", "uint8", "255");
        Expect.Throws<TensorArgumentException>(() => bytes.Clamp(-5, 200), "clamp", "-5", "uint8");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int8).ClampMin(-129), "-129", "int8", "-128 to 127");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int16).Clamp(0, 40000), "40000", "int16");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int32).Clamp(0, 1L << 31), "2147483648", "int32");
        Assert.Equal([long.MinValue, 3], Tensor.From(new[] { long.MinValue, 3L }).Clamp(long.MinValue, long.MaxValue).ToArray<long>());
        Assert.Equal([1, 0L], Tensor.From(new[] { true, false }).Clamp(0, 300).ToArray<long>());

        Assert.Equal(new byte[] { 0, 3, 6 }, Functional.Relu6(bytes).ToArray<byte>());
        Expect.Throws<TensorArgumentException>(() => Functional.Hardtanh(bytes), "hardtanh", "-1", "uint8");
        Expect.Throws<TensorArgumentException>(() => Functional.Hardtanh(Line(DType.Int8), -1, 300), "hardtanh", "300", "int8");
        Expect.Throws<DTypeException>(() => Functional.Hardtanh(Line(DType.Bool)), "hardtanh", "bools");
        Expect.Throws<TensorArgumentException>(() => Functional.Threshold(bytes, 300, 0), "threshold", "300", "uint8");
        Expect.Throws<TensorArgumentException>(() => Functional.Threshold(Line(DType.Int8), 0, double.NaN), "threshold", "NaN", "int8");
    }

    [Fact]
    public void Full_OfIntegers_RefusesWhatTheirTypeCannotBe()
    {
        Assert.Equal((255, 1), (Tensor.Full([], -1, DType.UInt8).Item<byte>(), Tensor.Full([], 1.9, DType.UInt8).Item<byte>()));
        Assert.Equal(long.MinValue, Tensor.Full([], -9223372036854775808.0, DType.Int64).Item<long>());
        Expect.Throws<TensorArgumentException>(() => Tensor.Full([2], 300, DType.UInt8), "full", "300", "uint8", "0 to 255");
        Expect.Throws<TensorArgumentException>(() => Tensor.Full([2], 9223372036854775808.0, DType.Int64), "full", "int64");
        Expect.Throws<TensorArgumentException>(() => Tensor.FullLike(Line(DType.Int32), double.NaN), "full_like", "NaN", "int32");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int8).Fill_(-129), "fill", "-129", "int8");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int16).MaskedFill(Line(DType.Bool), 1e5), "100000", "int16");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int16).MaskedFill_(Line(DType.Bool), double.PositiveInfinity), "int16");
    }

    [Fact]
    public void IsClose_OfBools_IsEquality() =>
        Assert.Equal([true, false], Tensor.From([true, false]).IsClose(Tensor.From([true, true])).ToArray<bool>());

    [Fact]
    public void Sub_WithBools_Throws()
    {
        var (line, bools) = (Line(DType.Float32), Line(DType.Bool));
        foreach (var attempt in new Action[] { () => _ = line - bools, () => _ = bools - line, () => _ = bools - bools, () => _ = bools - 1, () => _ = line - true, () => _ = true - line, () => line.Sub_(bools), () => line.Sub_(true) })
            Expect.Throws<DTypeException>(attempt, "sub", "LogicalNot");
    }

    [Fact]
    public void InPlace_WithAResultItCannotHold_Throws()
    {
        Expect.Throws<DTypeException>(() => Line(DType.Int32).Add_(0.5), "int32", "float32");
        Expect.Throws<DTypeException>(() => Line(DType.Bool).Mul_(2), "bool", "int64");
        Expect.Throws<DTypeException>(() => Line(DType.Int32).Div_(2), "int32", "float32");
        Expect.Values(Line(DType.Float16).Add_(Line(DType.Float64)), 2, 2);
        Expect.Values(Line(DType.UInt8).Add_(Line(DType.Int64)), 2, 2);
    }

    [Fact]
    public void Pow_OfIntegersToANegativeInteger_Throws()
    {
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int32).Pow(-1), "-1");
        Expect.Throws<TensorArgumentException>(() => Line(DType.Int32).Pow_(-1), "-1");
    }

    [Fact]
    public void Creation_InfersAsPyTorchDoes()
    {
        Assert.Equal(DType.Int64, Tensor.Arange(0, 10, 2).DType);
        Assert.Equal(DType.Float32, Tensor.Arange(0, 1, 0.25).DType);
        Assert.Equal(DType.Bool, Tensor.Full([1], true).DType);
        Assert.Equal(DType.Int64, Tensor.Full([1], 3).DType);
        Assert.Equal(DType.Float32, Tensor.Full([1], 3.0).DType);
        Assert.Equal(DType.Float64, Tensor.From(4.0).DType);
        Assert.Equal(DType.Float32, Tensor.From(4f).DType);
    }

    [Fact]
    public void Sum_OfSmallTypes_WidensAndMeanRefuses()
    {
        Assert.Equal(DType.Int64, Line(DType.UInt8).Sum().DType);
        Assert.Equal(DType.Int64, Line(DType.Bool).Prod().DType);
        Assert.Equal(DType.Float16, Line(DType.Float16).Sum().DType);
        Expect.Throws<DTypeException>(() => Line(DType.Int32).Mean(), "mean", "int32");
    }

    [Fact]
    public void Addcmul_Promotes_AndRefusesAFloatFactorOfIntegers()
    {
        var i = Tensor.Arange(3);
        Expect.Values(i.Addcmul(i, i), 0, 2, 6);
        Assert.Equal(DType.Int64, i.Addcmul(i, i).DType);
        Expect.Throws<DTypeException>(() => i.Addcmul(i, i, 1.0), "1", "int64");
        Assert.Equal(DType.Float32, Tensor.Ones(3).Addcmul(i, i, 1.0).DType);
        Assert.Equal(DType.Float64, Tensor.Ones(3).Addcmul(i, Tensor.Ones([3], DType.Float64)).DType);
        Expect.Throws<ShapeException>(() => Tensor.Ones(2).Addcmul(Tensor.Ones(3), Tensor.Ones(3)), "addcmul", "[2]", "[3]");
    }
}
