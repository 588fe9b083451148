namespace Nabla.Tests.Lowering;

public sealed class UnaryLoweringTests
{
    private static readonly double[] Points =
        [0, 1e-9, -1e-9, 0.1, -0.1, 0.5, -0.5, 0.99, -0.99, 1, -1, 1.5, -1.5, 2.5, -2.5, 9.5, -9.5, 30, -30, 1e5, -1e5, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    private static readonly Dictionary<UnaryOp, Func<double, double>> Functions = new()
    {
        [UnaryOp.Neg] = x => -x,
        [UnaryOp.Abs] = Math.Abs,
        [UnaryOp.Sign] = x => double.IsNaN(x) ? 0 : Math.Sign(x),
        [UnaryOp.Floor] = Math.Floor,
        [UnaryOp.Ceil] = Math.Ceiling,
        [UnaryOp.Round] = x => Math.Round(x, MidpointRounding.ToEven),
        [UnaryOp.Trunc] = Math.Truncate,
        [UnaryOp.Exp] = Math.Exp,
        [UnaryOp.Exp2] = x => Math.Pow(2, x),
        [UnaryOp.Expm1] = x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1,
        [UnaryOp.Log] = Math.Log,
        [UnaryOp.Log2] = Math.Log2,
        [UnaryOp.Log10] = Math.Log10,
        [UnaryOp.Log1p] = x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x),
        [UnaryOp.Sqrt] = Math.Sqrt,
        [UnaryOp.Rsqrt] = x => 1 / Math.Sqrt(x),
        [UnaryOp.Reciprocal] = x => 1 / x,
        [UnaryOp.Sin] = Math.Sin,
        [UnaryOp.Cos] = Math.Cos,
        [UnaryOp.Tan] = Math.Tan,
        [UnaryOp.Asin] = Math.Asin,
        [UnaryOp.Acos] = Math.Acos,
        [UnaryOp.Atan] = Math.Atan,
        [UnaryOp.Sinh] = Math.Sinh,
        [UnaryOp.Cosh] = Math.Cosh,
        [UnaryOp.Tanh] = Math.Tanh,
        [UnaryOp.Asinh] = Math.Asinh,
        [UnaryOp.Acosh] = Math.Acosh,
        [UnaryOp.Atanh] = Math.Atanh,
        [UnaryOp.Sigmoid] = x => 1 / (1 + Math.Exp(-x)),
    };

    public static TheoryData<string> Names => [.. Functions.Keys.Select(o => o.Kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_Float64_EqualsHost(string name)
    {
        var (op, function) = Functions.First(f => f.Key.Kind.Name == name);
        using var lab = new Lab();
        var actual = lab.Read<double>(lab.Run(op, lab.Vector(Points)));
        for (int i = 0; i < Points.Length; i++)
            AssertClose(function(Points[i]), actual[i], 4e-15, $"{name}({Points[i]})");
    }

    [Fact]
    public void Lower_Expm1OfSmallFloat32_HasAllDigits()
    {
        float[] points = [1e-30f, 1e-10f, 3.9e-8f, 4.1e-8f, -4.1e-8f, 1e-7f, -1e-6f, 1e-5f, -1e-4f, 1e-3f, -1e-2f];
        using var lab = new Lab();
        var actual = lab.Read<float>(lab.Run(UnaryOp.Expm1, lab.Vector(points)));
        for (int i = 0; i < points.Length; i++)
        {
            double x = points[i], expected = x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5))))))));
            Assert.InRange(Math.Abs((actual[i] / expected) - 1), 0, 1e-7); // less than a unit in the last place
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_Float32_EqualsHost(string name)
    {
        var (op, function) = Functions.First(f => f.Key.Kind.Name == name);
        using var lab = new Lab();
        var points = Points.Select(p => (float)p).ToArray();
        var actual = lab.Read<float>(lab.Run(op, lab.Vector(points)));
        for (int i = 0; i < points.Length; i++)
            AssertClose((float)function(points[i]), actual[i], 1e-6, $"{name}({points[i]})");
    }

    [Theory]
    [InlineData("erf", 0.1, 0.11246291601828489)]
    [InlineData("erf", -0.75, -0.71115563365351513)]
    [InlineData("erf", 2.5, 0.99959304798255504)]
    [InlineData("erfc", 0.25, 0.72367360983176307)]
    [InlineData("erfc", 3, 2.2090496998585441e-05)]
    [InlineData("erfc", 10, 2.0884875837625448e-45)]
    [InlineData("erfc", -1, 1.8427007929497149)]
    [InlineData("erfinv", 0.5, 0.47693627620446987)]
    [InlineData("erfinv", -0.9, -1.1630871536766743)]
    [InlineData("erfinv", 0.999999, 3.4589107372754988)]
    [InlineData("lgamma", 0.5, 0.57236494292470009)]
    [InlineData("lgamma", 10.5, 13.940625219403764)]
    [InlineData("lgamma", -1.5, 0.86004701537648098)]
    [InlineData("lgamma", 1000, 5905.2204232091812)]
    [InlineData("digamma", 1, -0.57721566490153286)]
    [InlineData("digamma", -0.5, 0.036489973978576520)]
    [InlineData("digamma", 20, 2.9705239922421491)]
    public void Lower_SpecialFunctions_EqualTabulatedValues(string name, double x, double expected)
    {
        var op = typeof(UnaryOp).GetProperties().Where(p => p.PropertyType == typeof(UnaryOp)).Select(p => (UnaryOp)p.GetValue(null)!).First(o => o.Kind.Name == name);
        using var lab = new Lab();
        AssertClose(expected, lab.Read<double>(lab.Run(op, lab.Vector(x)))[0], 2e-13, $"{name}({x})");
        AssertClose((float)expected, lab.Read<float>(lab.Run(op, lab.Vector((float)x)))[0], Math.Abs(x) > 0.99 && name == "erfinv" ? 2e-3 : 2e-6, $"{name}({x}f)");
    }

    [Fact]
    public void Lower_SmallIntegersAndHalves_ComputeWiderAndComeBack()
    {
        using var lab = new Lab();
        Assert.Equal([(byte)255, (byte)0], lab.Read<byte>(lab.Run(UnaryOp.Neg, lab.Vector((byte)1, (byte)0))));
        Assert.Equal([sbyte.MinValue], lab.Read<sbyte>(lab.Run(UnaryOp.Abs, lab.Vector(sbyte.MinValue))));
        Assert.Equal([(Half)2], lab.Read<Half>(lab.Run(UnaryOp.Sqrt, lab.Vector((Half)4))));
        Assert.Equal([(BFloat16)2f], lab.Read<BFloat16>(lab.Run(UnaryOp.Sqrt, lab.Vector((BFloat16)4f))));
        Assert.Equal([(short)-1], lab.Read<short>(lab.Run(UnaryOp.BitwiseNot, lab.Vector((short)0))));
        Assert.Equal([false, true], lab.Read<bool>(lab.Run(UnaryOp.LogicalNot, lab.Vector(2f, 0))));
    }

    internal static void AssertClose(double expected, double actual, double relative, string what)
    {
        bool same = expected.Equals(actual) || expected == actual || Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), 1e-9);
        Assert.True(same || Math.Abs(expected - actual) <= relative * 0.1, $"{what}: expected {expected:R}, got {actual:R}");
    }
}
