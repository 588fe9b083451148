namespace Nabla.Tests;

public sealed class ScalarTests
{
    [Fact]
    public void Bool_Converts()
    {
        Scalar s = true;
        Assert.Equal((ScalarKind.Bool, 1.0, 1L, true, "true"), (s.Kind, s.ToDouble(), s.ToInt64(), s.ToBool(), s.ToString()));
        Assert.False(((Scalar)false).ToBool());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integer_KeepsAll64Bits(long value)
    {
        Scalar s = value;
        Assert.Equal((ScalarKind.Integer, (double)value, value, value != 0), (s.Kind, s.ToDouble(), s.ToInt64(), s.ToBool()));
        Assert.Equal(ScalarKind.Integer, ((Scalar)3).Kind);
    }

    [Theory]
    [InlineData(2.9, 2)]
    [InlineData(-2.9, -2)]
    [InlineData(1e300, long.MaxValue)]
    [InlineData(-1e300, long.MinValue)]
    [InlineData(double.NaN, 0)]
    public void Float_Truncates(double value, long integer)
    {
        Scalar s = value;
        Assert.Equal((ScalarKind.Float, integer, true), (s.Kind, s.ToInt64(), s.ToBool()));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), s.Bits);
    }

    [Fact]
    public void Float_FromBinary32_WidensExactly() => Assert.Equal((double)0.1f, ((Scalar)0.1f).ToDouble());

    [Fact]
    public void Equals_KindAndBits()
    {
        Assert.True((Scalar)1 == (Scalar)1L && (Scalar)1 != (Scalar)1.0 && (Scalar)true != (Scalar)1);
        Assert.True((Scalar)double.NaN == (Scalar)double.NaN && (Scalar)0.0 != (Scalar)(-0.0));
        Assert.Equal(((Scalar)2.5).GetHashCode(), ((Scalar)2.5).GetHashCode());
        Assert.Equal("2.5", ((Scalar)2.5).ToString());
        Assert.Equal(default, (Scalar)false);
    }
}
