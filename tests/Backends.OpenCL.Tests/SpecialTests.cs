namespace Nabla.Tests;

/// <summary>Values from tables of the functions, to 16 digits.</summary>
public sealed class SpecialTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private readonly IDevice _device = fixture.Device;

    public static TheoryData<string, double, double> Values => new()
    {
        { "lgamma", 0.001, 6.907178885383853 },
        { "lgamma", 0.25, 1.2880225246980774 },
        { "lgamma", 0.5, 0.5723649429247001 },
        { "lgamma", 0.75, 0.20328095143129538 },
        { "lgamma", 0.999, 0.0005780385328913802 },
        { "lgamma", 1.0, -6.0899364485e-37 },
        { "lgamma", 1.125, -0.06002318412603958 },
        { "lgamma", 1.4375, -0.12120242719902266 },
        { "lgamma", 1.5, -0.12078223763524522 },
        { "lgamma", 1.999, -0.0004224618006921073 },
        { "lgamma", 2.0, -6.0899364485e-37 },
        { "lgamma", 2.25, 0.1248717148923966 },
        { "lgamma", 3.0, 0.6931471805599453 },
        { "lgamma", 4.75, 2.8085714185757364 },
        { "lgamma", 9.5, 11.689333420797269 },
        { "lgamma", 10.0, 12.801827480081469 },
        { "lgamma", 25.5, 56.389167643719944 },
        { "lgamma", 171.5, 709.1431630309282 },
        { "lgamma", 100000.0, 1051287.7089736569 },
        { "lgamma", -0.25, 1.589575312551186 },
        { "lgamma", -0.5, 1.2655121234846454 },
        { "lgamma", -1.5, 0.860047015376481 },
        { "lgamma", -2.375, 0.15820757989552728 },
        { "lgamma", -7.25, -7.54188344347575 },
        { "lgamma", -20.5, -42.70719597482576 },
        { "erf", 0.0, 0.0 },
        { "erf", 0.001, 0.0011283787909692365 },
        { "erf", 0.25, 0.2763263901682369 },
        { "erf", 0.5, 0.5204998778130465 },
        { "erf", 1.0, 0.8427007929497149 },
        { "erf", 2.0, 0.9953222650189527 },
        { "erf", -0.75, -0.7111556336535151 },
        { "erf", -3.0, -0.9999779095030014 },
        { "erfc", 0.0, 1.0 },
        { "erfc", 0.25, 0.7236736098317631 },
        { "erfc", 0.5, 0.4795001221869535 },
        { "erfc", 1.0, 0.15729920705028513 },
        { "erfc", 2.0, 0.004677734981047265 },
        { "erfc", 4.0, 1.541725790028002e-08 },
        { "erfc", 6.5, 3.8421483271206475e-20 },
        { "erfc", -0.75, 1.7111556336535152 },
        { "erfc", -3.0, 1.9999779095030015 },
        { "digamma", 0.001, -1000.5755719318103 },
        { "digamma", 0.25, -4.2274535333762655 },
        { "digamma", 0.5, -1.9635100260214235 },
        { "digamma", 1.0, -0.5772156649015329 },
        { "digamma", 1.4375, -0.023613544005297898 },
        { "digamma", 1.46484375, 0.003103222758586692 },
        { "digamma", 1.5, 0.03648997397857652 },
        { "digamma", 2.0, 0.42278433509846713 },
        { "digamma", 2.5, 0.7031566406452432 },
        { "digamma", 3.75, 1.1825373886117962 },
        { "digamma", 9.5, 2.1977378764029494 },
        { "digamma", 10.0, 2.251752589066721 },
        { "digamma", 33.0, 3.4812795305349873 },
        { "digamma", 100000.0, 11.512920464961896 },
        { "digamma", -0.5, 0.03648997397857652 },
        { "digamma", -1.25, 3.714139120213528 },
        { "digamma", -7.75, -1.0307688328309315 },
        { "erfinv", 0.5, 0.4769362762044699 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Special_AtAPoint_IsAccurate(string name, double x, double expected)
    {
        var op = new[] { UnaryOp.Erf, UnaryOp.Erfc, UnaryOp.Erfinv, UnaryOp.Lgamma, UnaryOp.Digamma }.Single(o => o.Kind.Name == name);
        Close(expected, _device.Run(op, _device.From([x], 1)).Read<double>()[0], 4e-15, 4e-16);
        if ((float)x == x)
            Close(expected, _device.Run(op, _device.From([(float)x], 1)).Read<float>()[0], 1e-6, 1e-7);
    }

    [Fact]
    public void Special_AtPolesAndInfinities_FollowsPyTorch()
    {
        const float inf = float.PositiveInfinity, nan = float.NaN;
        Assert.Equal([inf, inf, inf, inf, nan], _device.Run(UnaryOp.Lgamma, _device.From([0f, -3, inf, -inf, nan], 5)).Read<float>());
        Assert.Equal([-inf, inf, nan, inf, nan], _device.Run(UnaryOp.Digamma, _device.From([0f, -0f, -3, inf, nan], 5)).Read<float>());
        Assert.Equal([inf, -inf, nan, 0, nan], _device.Run(UnaryOp.Erfinv, _device.From([1f, -1, 1.5f, 0, nan], 5)).Read<float>());
    }

    [Fact]
    public void Erfinv_OfErf_IsTheArgument()
    {
        var x = Enumerable.Range(-80, 161).Select(i => i / 32.0).ToArray();
        var back = _device.Run(UnaryOp.Erfinv, _device.Run(UnaryOp.Erf, _device.From(x, x.Length))).Read<double>();
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i], back[i], 1e-15 + (1e-16 * Math.Exp(x[i] * x[i]))); // what one last bit of erf is worth
    }

    [Fact]
    public void Trigonometric_SmallBesideLarge_StaySmall()
    {
        float[] x = [1.5e-38f, -1e-20f, 1e-3f, 0.5f, 1e4f, -1e4f, 1e30f, -0f, 99, 101, 3, -2e-7f, 0, 1e-45f, 7, 12345.678f];
        var sines = _device.Run(UnaryOp.Sin, _device.From(x, 16)).Read<float>();
        var cosines = _device.Run(UnaryOp.Cos, _device.From(x, 16)).Read<float>();
        var tangents = _device.Run(UnaryOp.Tan, _device.From(x, 16)).Read<float>();
        for (int i = 0; i < x.Length; i++)
        {
            Close(Math.Sin(x[i]), sines[i], 4e-7, 1e-45);
            Close(Math.Cos(x[i]), cosines[i], 4e-7, 1e-45);
            Close(Math.Tan(x[i]), tangents[i], 8e-7, 1e-45);
        }
    }

    [Fact]
    public void Pow_OverflowBesideOrdinaryNumbers_LeavesThemAlone()
    {
        double[] x = [100, 1.3202, 2.01e32, 0, -2, 1e300, 0.5, 3], y = [1e10, 2, 2, 2, 3, 2, -1e10, 0.5];
        var z = _device.Run(BinaryOp.Pow, _device.From(x, 8), _device.From(y, 8)).Read<double>();
        for (int i = 0; i < x.Length; i++)
            Close(Math.Pow(x[i], y[i]), z[i], 1e-15, 0);
        var squares = _device.Run(BinaryOp.Pow.With(ScalarSide.Right), [_device.From(x, 8)], 2).Read<double>();
        Assert.Equal(x.Select(v => v * v), squares);
    }

    [Fact]
    public void Fmod_AnyQuotient_IsExact()
    {
        double[] a = [1e300, -1e300, 1e30, 5.5, -5.5, 1e-310, 1, double.PositiveInfinity, 3, 1e15, double.NaN, -0.0, 7, 1.5e-320, 9e15],
            b = [3, 7e-5, 1e-320, 2, -2, 3e-320, double.PositiveInfinity, 2, 0, 0.1, 1, 5, 7, 1e-322, -3];
        var r = _device.Run(BinaryOp.Fmod, _device.From(a, 15), _device.From(b, 15)).Read<double>();
        Assert.Equal(a.Zip(b, (x, y) => x % y), r);
        float[] c = [1e30f, -1e38f, 5.5f, 1e-40f, 16777216], d = [7e-30f, 3, 0.1f, 3e-43f, 0.3f];
        Assert.Equal(c.Zip(d, (x, y) => x % y), _device.Run(BinaryOp.Fmod, _device.From(c, 5), _device.From(d, 5)).Read<float>());
    }

    private static void Close(double expected, double actual, double relative, double absolute) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= (relative * Math.Abs(expected)) + absolute, $"{actual:R} is not {expected:R}");
}
