namespace Nabla.Tests;

public sealed class DTypeTests
{
    [Theory]
    [InlineData(DType.Bool, "bool", 1, false, false)]
    [InlineData(DType.UInt8, "uint8", 1, true, false)]
    [InlineData(DType.Int8, "int8", 1, true, false)]
    [InlineData(DType.Int16, "int16", 2, true, false)]
    [InlineData(DType.Int32, "int32", 4, true, false)]
    [InlineData(DType.Int64, "int64", 8, true, false)]
    [InlineData(DType.Float16, "float16", 2, false, true)]
    [InlineData(DType.BFloat16, "bfloat16", 2, false, true)]
    [InlineData(DType.Float32, "float32", 4, false, true)]
    [InlineData(DType.Float64, "float64", 8, false, true)]
    public void Facts_OfEachType(DType dtype, string name, int size, bool integer, bool floating)
    {
        Assert.Equal((name, size, integer, floating), (dtype.Name(), dtype.Size(), dtype.IsInteger(), dtype.IsFloatingPoint()));
        Assert.Equal(dtype, DTypes.Parse(name));
        Assert.Equal(dtype is DType.Float16 or DType.BFloat16 ? DType.Float32 : dtype, dtype.Accumulator());
        Assert.Equal(size * 6L, new TensorSpec(dtype, [2, 3]).ByteLength);
        Assert.Equal($"{name}[2, 3]", new TensorSpec(dtype, [2, 3]).ToString());
    }

    [Fact]
    public void All_HasEveryType()
    {
        Assert.Equal(Enum.GetValues<DType>(), DTypes.All);
        Assert.Equal(DTypes.Count, DTypes.All.Length);
    }

    [Fact]
    public unsafe void Of_CSharpTypes_HaveTheSizeOfTheirElementType()
    {
        Check<bool>(DType.Bool, sizeof(bool));
        Check<byte>(DType.UInt8, sizeof(byte));
        Check<sbyte>(DType.Int8, sizeof(sbyte));
        Check<short>(DType.Int16, sizeof(short));
        Check<int>(DType.Int32, sizeof(int));
        Check<long>(DType.Int64, sizeof(long));
        Check<Half>(DType.Float16, sizeof(Half));
        Check<BFloat16>(DType.BFloat16, sizeof(BFloat16));
        Check<float>(DType.Float32, sizeof(float));
        Check<double>(DType.Float64, sizeof(double));
    }

    [Fact]
    public void Of_OtherTypes_Throws() => Assert.Contains("System.Char is not an element type", Assert.Throws<DTypeException>(() => DTypes.Of<char>()).Message);

    [Fact]
    public void Parse_Unknown_ListsTheKnown()
    {
        string message = Assert.Throws<DTypeException>(() => DTypes.Parse("float8")).Message;
        Assert.All(DTypes.All, d => Assert.Contains(d.Name(), message));
    }

    [Fact]
    public void Unknown_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DType)99).Size());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DType)99).Name());
    }

    private static void Check<T>(DType dtype, int size) where T : unmanaged
    {
        Assert.Equal(dtype, DTypes.Of<T>());
        Assert.True(dtype.Is<T>());
        Assert.Equal(size, dtype.Size());
    }
}
