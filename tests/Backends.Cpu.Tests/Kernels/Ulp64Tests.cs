using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Tests;

/// <summary>
/// Errors of the float64 functions over the whole range, against the scalar functions, whose own errors (about half a unit for the first
/// four, two for the next, nine for erf) the bounds include.
/// </summary>
public sealed class Ulp64Tests
{
    private const ulong Step = 0x0000_0F1F_3A57_9B11; // every exponent, and fractions that do not repeat

    private static bool Fused => WideVectors.Have512 || Fma.IsSupported || AdvSimd.IsSupported;

    public static TheoryData<string, double> Bounds => new()
    {
        { "exp", 1.6 }, { "exp2", 1.6 }, { "expm1", 2.6 }, { "log1p", 3.1 }, { "log", 1.6 }, { "sin", 2 }, { "cos", 2 }, { "tanh", 4 }, { "sigmoid", 3 }, { "erf", 10 },
        { "log2", Fused ? 1.1 : 2.1 }, { "asin", 1.1 }, { "acos", 1.1 }, { "acosh", 2.1 },
        { "tan", Fused ? 1.1 : 2 }, { "sinh", 3 }, { "cosh", 2 }, { "asinh", 2 }, { "atanh", 2.1 }, { "log10", Fused ? 2 : 2.1 }, { "atan", Fused ? 1.1 : 2 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Function_WholeRange_IsWithinItsBound(string name, double bound)
    {
        var (op, reference) = Find(name);
        Check(op, reference, bound, [.. Enumerable.Range(0, 1_000_000).Select(i => BitConverter.UInt64BitsToDouble((ulong)i * Step))]);
        Check(op, reference, bound, [.. Enumerable.Range(0, 1_000_000).Select(i => (i - 500_000) * 4.0000123e-5)]); // where the formulas change
        if (name == "erf")
            return; // the scalar function is not at its best there
        var random = new Random(7);
        Check(op, reference, bound, [.. Enumerable.Range(0, 500_000).Select(i => (i & 1) + (Math.ScaleB(random.NextDouble() - 0.5, -random.Next(60))))]); // beside 0 and 1
    }

    [Fact]
    public void Functions_SpecialValues_AreExact()
    {
        double[] x = [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Same([1, 1, double.PositiveInfinity, 0, double.NaN], UnaryOp.Exp, x);
        Same([double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.NaN], UnaryOp.Log, x);
        Same([0, -0.0, 1, -1, double.NaN], UnaryOp.Tanh, x);
        Same([0.5, 0.5, 1, 0, double.NaN], UnaryOp.Sigmoid, x);
        Same([0, -0.0, 1, -1, double.NaN], UnaryOp.Erf, x);
        Same([0, -0.0, double.NaN, double.NaN, double.NaN], UnaryOp.Sin, x);
        Same([1, 1, double.NaN, double.NaN, double.NaN], UnaryOp.Cos, x);
        Same([1, 1, double.PositiveInfinity, 0, double.NaN, 8, double.Epsilon, Math.Pow(2, 1023), double.PositiveInfinity], UnaryOp.Exp2, [.. x, 3, -1074, 1023, 1024]);
        Same([0, -0.0, double.PositiveInfinity, -1, double.NaN, 1e-300, double.PositiveInfinity, -1], UnaryOp.Expm1, [.. x, 1e-300, 710, -50]);
        Same([0, -0.0, double.PositiveInfinity, double.NaN, double.NaN, double.NegativeInfinity, double.NaN, 1e-300], UnaryOp.Log1p, [.. x, -1, -1.5, 1e-300]);
        Same([double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.NaN, 0, 10, -1, -1074, -1022, 1023, double.NaN], UnaryOp.Log2, [.. x, 1, 1024, 0.5, double.Epsilon, Math.Pow(2, -1022), Math.Pow(2, 1023), -1]);
        Same([double.NaN, double.NaN, double.PositiveInfinity, double.NaN, double.NaN, 0, double.NaN, double.NaN, double.NaN], UnaryOp.Acosh, [.. x, 1, -1, -1e300, double.BitDecrement(1)]);
        Same([0, -0.0, double.NaN, double.NaN, double.NaN, Math.PI / 2, -Math.PI / 2, double.NaN, double.NaN, double.Epsilon, -double.Epsilon], UnaryOp.Asin, [.. x, 1, -1, double.BitIncrement(1), -1.5, double.Epsilon, -double.Epsilon]);
        Same([Math.PI / 2, Math.PI / 2, double.NaN, double.NaN, double.NaN, 0, Math.PI, double.NaN, double.NaN], UnaryOp.Acos, [.. x, 1, -1, double.BitIncrement(1), -1.5]);
        double tiny = double.Epsilon, inf = double.PositiveInfinity, largest = 710.4758600739439; // of which sinh and cosh are finite
        Same([0, -0.0, double.NaN, double.NaN, double.NaN, tiny, -tiny, Math.Tan(1e300), Math.Tan(100_001)], UnaryOp.Tan, [.. x, tiny, -tiny, 1e300, 100_001]);
        Same([0, -0.0, inf, -inf, double.NaN, tiny, -tiny, inf, -inf, 1e-300], UnaryOp.Sinh, [.. x, tiny, -tiny, 711, -1e300, 1e-300]);
        Same([1, 1, inf, inf, double.NaN, 1, inf, inf], UnaryOp.Cosh, [.. x, tiny, 711, -1e300]);
        foreach (var op in new[] { UnaryOp.Sinh, UnaryOp.Cosh })
        {
            Assert.InRange(Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor([largest])))[0], 1.797693134862e308, double.MaxValue);
            Same([inf], op, [double.BitIncrement(largest)]);
        }

        Same([0, -0.0, inf, -inf, double.NaN, tiny, -tiny], UnaryOp.Asinh, [.. x, tiny, -tiny]);
        Same([0, -0.0, double.NaN, double.NaN, double.NaN, tiny, -tiny, inf, -inf, double.NaN, double.NaN], UnaryOp.Atanh, [.. x, tiny, -tiny, 1, -1, double.BitIncrement(1), -1e300]);
        Same([0, -0.0, Math.PI / 2, -Math.PI / 2, double.NaN, tiny, -tiny, Math.PI / 4, -Math.PI / 4, Math.PI / 2], UnaryOp.Atan, [.. x, tiny, -tiny, 1, -1, double.MaxValue]);
        Same([1, 1, 0, 2, double.NaN, 1, 1, 0, 2, 0], UnaryOp.Erfc, [.. x, tiny, -1e-300, 27.3, -6, 1e300]);
        Same([-inf, -inf, inf, double.NaN, double.NaN, 0, double.NaN], UnaryOp.Log10, [.. x, 1, -1]);
        if (Fused)
            Same([.. Enumerable.Range(0, 23).Select(i => (double)i)], UnaryOp.Log10, [.. Enumerable.Range(0, 23).Select(i => double.Parse($"1e{i}", CultureInfo.InvariantCulture))]);
        Same([Math.Exp(-745), double.PositiveInfinity, 0], UnaryOp.Exp, [-745, 710, -746]);
        Same([Math.Log(double.Epsilon), 0, double.NaN], UnaryOp.Log, [double.Epsilon, 1, -double.Epsilon]);
        Same([Math.Sin(1e300), Math.Sin(100_001)], UnaryOp.Sin, [1e300, 100_001]);
    }

    [Fact]
    public void Result_DoesNotDependOnPositionOrLength()
    {
        var x = Enumerable.Range(0, 100).Select(i => (i - 50) * (i % 2 == 0 ? 0.37 : 0.017)).ToArray(); // every other within 1
        foreach (var op in new[] { UnaryOp.Exp, UnaryOp.Tanh, UnaryOp.Sigmoid, UnaryOp.Erf, UnaryOp.Sin, UnaryOp.Cos, UnaryOp.Log, UnaryOp.Exp2, UnaryOp.Expm1, UnaryOp.Log1p, UnaryOp.Erfinv, UnaryOp.Lgamma, UnaryOp.Digamma, UnaryOp.Log2, UnaryOp.Asin, UnaryOp.Acos, UnaryOp.Acosh,
            UnaryOp.Tan, UnaryOp.Sinh, UnaryOp.Cosh, UnaryOp.Asinh, UnaryOp.Atanh, UnaryOp.Log10, UnaryOp.Atan, UnaryOp.Erfc })
        {
            double[] whole = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(x)));
            for (int length = 1; length < 40; length++)
                Assert.Equal(whole.AsSpan(3, length).ToArray(), Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(x.AsSpan(3, length).ToArray()))));
        }
    }

    [Fact]
    public void Hypot_WholeRange_IsWithinItsBound()
    {
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 300_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))];
        double[] b = [.. a.Select((x, i) => i % 5 == 0 ? a[(i + 1) % a.Length] : x * (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-5, 6)))];
        double[] special = [0, -0.0, 1, double.Epsilon, double.MaxValue, 1e160, 1e-170, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        a = [.. a, .. special.SelectMany(x => special.Select(_ => x))];
        b = [.. b, .. special.SelectMany(_ => special)];
        double[] y = Cpu.Read<double>(Cpu.Run(BinaryOp.Hypot, Cpu.Tensor(a), Cpu.Tensor(b)));
        for (int i = 0; i < a.Length; i++)
        {
            double expected = double.Hypot(a[i], b[i]);
            Assert.True(Error(y[i], expected) <= 1.01 || (double.IsInfinity(y[i]) && expected >= double.BitDecrement(double.MaxValue)), $"hypot({a[i]:R}, {b[i]:R}) is {y[i]:R}, not {expected:R}");
        }
    }

    private static void Check(UnaryOp op, Func<double, double> reference, double bound, double[] x)
    {
        double[] y = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(x)));
        double worst = 0, at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = Error(y[i], reference(x[i]));
            if (error > worst)
                (worst, at) = (error, x[i]);
        }

        Assert.True(worst <= bound, $"{op.Kind.Name}: {worst:0.00} ulp at {at:R}: {Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor([at])))[0]:R}, not {reference(at):R}");
    }

    private static void Same(double[] expected, Op op, double[] x)
    {
        double[] y = Cpu.Read<double>(Cpu.Run(op, Cpu.Tensor(x)));
        for (int i = 0; i < x.Length; i++)
            Assert.True(expected[i].Equals(y[i]) && double.IsNegative(expected[i]) == double.IsNegative(y[i]) || double.IsNaN(expected[i]) && double.IsNaN(y[i]), $"{op.Kind}({x[i]}) is {y[i]:R}, not {expected[i]:R}");
    }

    private static double Error(double y, double expected) => expected.Equals(y)
        ? 0
        : double.IsFinite(expected) && double.IsFinite(y) ? Math.Abs(y - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)) : double.PositiveInfinity;

    private static (UnaryOp, Func<double, double>) Find(string name) => name switch
    {
        "exp" => (UnaryOp.Exp, Math.Exp),
        "exp2" => (UnaryOp.Exp2, x => Math.Pow(2, x)),
        "log1p" => (UnaryOp.Log1p, SpecialFunctions.Log1p),
        "expm1" => (UnaryOp.Expm1, SpecialFunctions.Expm1),
        "log" => (UnaryOp.Log, Math.Log),
        "log2" => (UnaryOp.Log2, Math.Log2),
        "asin" => (UnaryOp.Asin, Math.Asin),
        "acos" => (UnaryOp.Acos, Math.Acos),
        "acosh" => (UnaryOp.Acosh, Math.Acosh),
        "tan" => (UnaryOp.Tan, Math.Tan),
        "sinh" => (UnaryOp.Sinh, Math.Sinh),
        "cosh" => (UnaryOp.Cosh, Math.Cosh),
        "asinh" => (UnaryOp.Asinh, Math.Asinh),
        "atanh" => (UnaryOp.Atanh, Math.Atanh),
        "log10" => (UnaryOp.Log10, Math.Log10),
        "atan" => (UnaryOp.Atan, Math.Atan),
        "sin" => (UnaryOp.Sin, Math.Sin),
        "cos" => (UnaryOp.Cos, Math.Cos),
        "tanh" => (UnaryOp.Tanh, Math.Tanh),
        "sigmoid" => (UnaryOp.Sigmoid, x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x))),
        // From the complement where that is small: the series loses a few digits towards its end.
        _ => (UnaryOp.Erf, x => Math.Abs(x) < 1.5 ? SpecialFunctions.Erf(x) : Math.CopySign(1 - SpecialFunctions.Erfc(Math.Abs(x)), x)),
    };
}
