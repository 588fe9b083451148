using System.Runtime.Intrinsics;

namespace Nabla.Tests;

/// <summary>Errors of the float32 functions against binary64, over the whole range of float32.</summary>
public sealed class UlpTests
{
    private const uint Step = 4001; // prime: every exponent, and fractions that do not repeat

    public static TheoryData<string, double> Bounds => new()
    {
        { "exp", 1.1 }, { "log", 1.1 }, { "tanh", WideVectors.Have512 ? 1 : 2.5 }, { "sigmoid", 2.5 }, { "erf", WideVectors.Have512 ? 2.3 : 3 }, { "sin", 2 }, { "cos", 2 }, { "sqrt", 0.5001 },
        { "erfc", 0.51 }, { "expm1", 0.51 }, { "log1p", 0.51 }, { "exp2", 1.1 }, { "log2", 0.51 }, { "log10", 0.51 }, { "tan", 0.51 },
        { "sinh", 0.51 }, { "cosh", 0.51 }, { "asinh", 0.51 }, { "acosh", 0.51 }, { "atanh", 0.51 },
        { "asin", 0.51 }, { "acos", 0.51 }, { "atan", 0.51 }, { "erfinv", 0.51 }, { "lgamma", 0.51 }, { "digamma", 0.51 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Function_WholeRange_IsWithinItsBound(string name, double bound)
    {
        var (op, reference) = Find(name);
        var x = new float[(uint)((1UL << 32) / Step)];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle((uint)i * Step);
        var y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(x)));
        double worst = 0;
        float at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = Ulp.Error(y[i], reference(x[i]));
            if (error > worst)
                (worst, at) = (error, x[i]);
        }

        Assert.True(worst <= bound, $"{name}: {worst:0.00} ulp at {at:R}: {Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor([at])))[0]:R}, not {reference(at):R}");
    }

    [Theory]
    [InlineData("tanh", 10)]
    [InlineData("erf", 4)]
    public void Function_TowardsItsEnd_RisesToOneAndNotBeyond(string name, float end)
    {
        var (op, _) = Find(name);
        var x = new float[200_000];
        for (int i = 0; i < x.Length; i++)
            x[i] = end * (i + 1) / x.Length;
        var y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(x)));
        Assert.Equal(1, y[^1]);
        Assert.True(y.Max() <= 1, $"{y.Max():R}");
        var back = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor([.. x.Select(v => -v)])));
        Assert.Equal(y.Select(v => -v), back);
    }

    [Fact]
    public void Functions_SpecialValues_AreExact()
    {
        float[] x = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        Same([1, 1, float.PositiveInfinity, 0, float.NaN], UnaryOp.Exp, x);
        Same([float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN], UnaryOp.Log, x);
        Same([0, -0f, 1, -1, float.NaN], UnaryOp.Tanh, x);
        Same([0.5f, 0.5f, 1, 0, float.NaN], UnaryOp.Sigmoid, x);
        Same([0, -0f, 1, -1, float.NaN], UnaryOp.Erf, x);
        Same([0, -0f, float.NaN, float.NaN, float.NaN], UnaryOp.Sin, x);
        Same([1, 1, float.NaN, float.NaN, float.NaN], UnaryOp.Cos, x);
        Same([0, -0f, float.PositiveInfinity, -1, float.NaN], UnaryOp.Expm1, x);
        Same([0, -0f, float.PositiveInfinity, float.NaN, float.NaN, float.NegativeInfinity], UnaryOp.Log1p, [.. x, -1]);
        Same([1, 1, float.PositiveInfinity, 0, float.NaN, 8, 0.125f, float.Epsilon, 0, float.PositiveInfinity], UnaryOp.Exp2, [.. x, 3, -3, -149, -151, 128]);
        Same([float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN, 10, -149], UnaryOp.Log2, [.. x, 1024, float.Epsilon]);
        Same([float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN, 3, -3], UnaryOp.Log10, [.. x, 1000, 0.001f]);
        Same([0, -0f, float.NaN, float.NaN, float.NaN], UnaryOp.Tan, x);
        Same([0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN], UnaryOp.Sinh, x);
        Same([1, 1, float.PositiveInfinity, float.PositiveInfinity, float.NaN], UnaryOp.Cosh, x);
        Same([0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN], UnaryOp.Asinh, x);
        Same([float.NaN, float.NaN, float.PositiveInfinity, float.NaN, float.NaN, 0, float.NaN], UnaryOp.Acosh, [.. x, 1, -1e30f]);
        Same([0, -0f, float.NaN, float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity], UnaryOp.Atanh, [.. x, 1, -1]);
        Same([0, -0f, float.NaN, float.NaN, float.NaN, MathF.PI / 2, -MathF.PI / 2], UnaryOp.Asin, [.. x, 1, -1]);
        Same([MathF.PI / 2, MathF.PI / 2, float.NaN, float.NaN, float.NaN, 0, MathF.PI], UnaryOp.Acos, [.. x, 1, -1]);
        Same([0, -0f, MathF.PI / 2, -MathF.PI / 2, float.NaN], UnaryOp.Atan, x);
        Same([1, 1, 0, 2, float.NaN], UnaryOp.Erfc, x);
        Same([0, 0, 1, -1, 0], UnaryOp.Sign, x);
        Same([-0f, 0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN], UnaryOp.Neg, x);
        Same([0, 0, float.PositiveInfinity, float.PositiveInfinity, float.NaN], UnaryOp.Abs, x);
        Same([0, 2, 2, -0f, -2, 4], UnaryOp.Round, [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 3.5f]);
    }

    [Fact]
    public void Erfinv_Lgamma_Digamma_MatchKnownValues()
    {
        double[] y = Cpu.Read<double>(Cpu.Run(UnaryOp.Erfinv, Cpu.Tensor([0.5, -0.999, 1e-10, 1.0])));
        Near([0.4769362762044699, -2.326753765513525, 8.862269254527581e-11, double.PositiveInfinity], y);
        double[] c = Cpu.Read<double>(Cpu.Run(UnaryOp.Erfc, Cpu.Tensor([0.5, 1.0, 2.5, 6.0, -1.0, 0.0])));
        Near([0.4795001221869535, 0.15729920705028513, 4.0695201744495897e-4, 2.1519736712498913e-17, 1.8427007929497148, 1], c);
        Assert.InRange(c[3] / 2.1519736712498913e-17, 1 - 1e-14, 1 + 1e-14);
        double[] g = Cpu.Read<double>(Cpu.Run(UnaryOp.Lgamma, Cpu.Tensor([0.5, 1.0, 2.0, 3.7, 20.0, -1.5, 0.0, 1e5])));
        Near([0.5723649429247001, 0, 0, 1.428072326665388, 39.339884187199495, 0.8600470153764810, double.PositiveInfinity, 1051287.7089736538], g);
        double[] d = Cpu.Read<double>(Cpu.Run(UnaryOp.Digamma, Cpu.Tensor([1.0, 0.5, 10.0, -0.5, 0.0])));
        Near([-0.5772156649015329, -1.9635100260214235, 2.251752589066721, 0.03648997397857652, double.NegativeInfinity], d);
    }

    /// <summary>Left and right of poles, as near as numbers come; expected values of 60 digits' work.</summary>
    [Fact]
    public void Lgamma_Digamma_BesidePoles_KeepTheirDigits()
    {
        double[] poles = [-1 + 1e-10, -1 - 1e-10, -2 + 1e-10, -3 - 1e-10, -0.49999, -0.5];
        double[] g = Cpu.Read<double>(Cpu.Run(UnaryOp.Lgamma, Cpu.Tensor([.. poles, 1e-310, -1e-310, -1e-20, double.Epsilon])));
        Close(
            [
                23.025850847242367701, 23.025850847157810827, 22.332703666732422396, 21.234091377846422486, 1.2655124888311251546, 1.2655121234846453965,
                713.8013788281541651, 713.8013788281541651, 46.051701859880913735, 744.44007192138126231,
            ],
            g);
        double[] d = Cpu.Read<double>(Cpu.Run(UnaryOp.Digamma, Cpu.Tensor([.. poles[..4], -1e-20, -1e-6, -1e-300, -1e-10])));
        Close([-9999999172.1735741334, 9999999173.0191428036, -9999999171.6735741334, 9999999173.8524761369, 1e20, 999999.42278269020845, 1e300, 9999999999.4227839706], d);
        Assert.Equal([1.0000000317344784682e20f], Cpu.Read<float>(Cpu.Run(UnaryOp.Digamma, Cpu.Tensor([-1e-20f]))));

        static void Close(double[] expected, double[] actual) =>
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second / pair.First, 1 - 1e-15, 1 + 1e-15));
    }

    [Fact]
    public void Result_DoesNotDependOnPositionOrLength()
    {
        var x = Enumerable.Range(0, 400).Select(i => (i - 200) * (i % 2 == 0 ? 0.37f : 0.0037f)).ToArray(); // every other within 1
        foreach (var op in new[] { UnaryOp.Exp, UnaryOp.Tanh, UnaryOp.Sigmoid, UnaryOp.Erf, UnaryOp.Sin, UnaryOp.Cos, UnaryOp.Log, UnaryOp.Log1p, UnaryOp.Tan, UnaryOp.Exp2, UnaryOp.Expm1, UnaryOp.Sinh, UnaryOp.Erfinv, UnaryOp.Lgamma, UnaryOp.Digamma })
        {
            float[] whole = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(x)));
            for (int length = 1; length < 70; length++)
                Assert.Equal(whole.AsSpan(3, length).ToArray(), Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(x.AsSpan(3, length).ToArray()))));
        }
    }

    private static void Near(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 2e-14 * Math.Max(1, Math.Abs(expected[i])), $"[{i}]: {actual[i]:R}, not {expected[i]:R}");
    }

    private static void Same(float[] expected, Op op, float[] x)
    {
        float[] y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(x)));
        for (int i = 0; i < x.Length; i++)
            Assert.True(expected[i].Equals(y[i]) && (float.IsNaN(y[i]) || float.IsNegative(expected[i]) == float.IsNegative(y[i])), $"{op.Kind}({x[i]}) is {y[i]}, not {expected[i]}");
    }

    private static (UnaryOp, Func<double, double>) Find(string name) => name switch
    {
        "exp" => (UnaryOp.Exp, Math.Exp),
        "log" => (UnaryOp.Log, Math.Log),
        "tanh" => (UnaryOp.Tanh, Math.Tanh),
        "sigmoid" => (UnaryOp.Sigmoid, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x))),
        "erf" => (UnaryOp.Erf, SpecialFunctions.Erf),
        "erfc" => (UnaryOp.Erfc, SpecialFunctions.Erfc),
        "erfinv" => (UnaryOp.Erfinv, SpecialFunctions.Erfinv),
        "lgamma" => (UnaryOp.Lgamma, SpecialFunctions.LogGamma),
        "digamma" => (UnaryOp.Digamma, SpecialFunctions.Digamma),
        "expm1" => (UnaryOp.Expm1, SpecialFunctions.Expm1),
        "log1p" => (UnaryOp.Log1p, SpecialFunctions.Log1p),
        "exp2" => (UnaryOp.Exp2, x => Math.Pow(2, x)),
        "log2" => (UnaryOp.Log2, Math.Log2),
        "log10" => (UnaryOp.Log10, Math.Log10),
        "tan" => (UnaryOp.Tan, Math.Tan),
        "sinh" => (UnaryOp.Sinh, Math.Sinh),
        "cosh" => (UnaryOp.Cosh, Math.Cosh),
        "asinh" => (UnaryOp.Asinh, Math.Asinh),
        "acosh" => (UnaryOp.Acosh, Math.Acosh),
        "atanh" => (UnaryOp.Atanh, Math.Atanh),
        "asin" => (UnaryOp.Asin, Math.Asin),
        "acos" => (UnaryOp.Acos, Math.Acos),
        "atan" => (UnaryOp.Atan, Math.Atan),
        "sin" => (UnaryOp.Sin, Math.Sin),
        "cos" => (UnaryOp.Cos, Math.Cos),
        _ => (UnaryOp.Sqrt, Math.Sqrt),
    };
}
