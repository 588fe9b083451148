using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Tests;

/// <summary>Errors of the float32 activations that have a formula of their own, against binary64.</summary>
public sealed class ActivationErrorTests
{
    private const int Count = 1_000_000;
    private static readonly double Rise = 2 * Math.Sqrt(2 / Math.PI);

    /// <summary>Without fused multiplication the square in the density's exponent keeps its rounding error: far out that counts.</summary>
    private static bool Fused => Fma.IsSupported || AdvSimd.IsSupported;

    [Theory]
    [InlineData("gelu", 0, 20, 3)]
    [InlineData("gelu", -2, 0, 6)]
    [InlineData("gelu", -5.5, -2, 7)]
    [InlineData("gelu", -14, -5.5, 11)]
    [InlineData("gelu/tanh", 0, 20, 3)]
    [InlineData("gelu/tanh", -2, 0, 8)]
    [InlineData("gelu_backward", 0, 20, 4)]
    [InlineData("gelu_backward", -5.5, -2, 8)]
    [InlineData("gelu_backward", -13, -5.5, 30)]
    [InlineData("gelu_backward/tanh", 0, 20, 5)]
    [InlineData("silu", -87, 20, 4)]
    [InlineData("elu", -30, 20, 2)]
    [InlineData("elu_backward", -87, 20, 2)]
    [InlineData("softplus", -103, 0, 1.7)]
    [InlineData("softplus", 0, 20, 1.5)]
    [InlineData("log_sigmoid", -20, 0, 1.5)]
    [InlineData("log_sigmoid", 0, 103, 2)]
    [InlineData("softplus_backward", -87, 20, 3)]
    public void Activation_Range_IsWithinItsBound(string name, double from, double to, double ulps)
    {
        if (!CpuCapabilities.Accelerated && from < 0)
            return; // without vectors the parts of the definition run, whose sum cancels
        var (worst, at) = Worst(name, from, to, (y, expected, _) => Ulp.Error(y, expected));
        Assert.True(worst <= ulps * (Fused || from >= 0 ? 1 : from >= -2 ? 2 : 16), $"{name}: {worst:0.00} ulp at {at:R}");
    }

    [Theory]
    [InlineData("gelu", 1.3e-7)]
    [InlineData("gelu/tanh", 1.3e-7)]
    [InlineData("silu", 1.5e-7)]
    public void Activation_Anywhere_HasARelativeErrorToItsArgument(string name, double bound)
    {
        var (worst, at) = Worst(name, -30, 30, (y, expected, x) => x == 0 ? Math.Abs(y) : Math.Abs(y - expected) / Math.Abs(x));
        Assert.True(worst <= bound, $"{name}: {worst:0.00e0} of x at {at:R}");
    }

    [Theory]
    [InlineData("gelu_backward", 2e-7)]
    [InlineData("gelu_backward/tanh", 7e-7)]
    public void Slope_Anywhere_HasASmallError(string name, double bound)
    {
        var (worst, at) = Worst(name, -30, 30, (y, expected, _) => Math.Abs(y - expected));
        Assert.True(worst <= bound, $"{name}: {worst:0.00e0} at {at:R}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gelu_SpecialValues_AreThoseOfTheDefinition(bool tanh)
    {
        float[] x = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e30f, 100f];
        float[] y = Cpu.Read<float>(Cpu.Run(new GeluOp(tanh), Cpu.Tensor(x)));
        Assert.Equal([0f, -0f, float.PositiveInfinity, float.NaN, float.NaN, 1e30f, 100f], y);
        Assert.True(float.IsNegative(y[1]));
        Assert.Equal([0f, 0f], Cpu.Read<float>(Cpu.Run(new GeluOp(tanh), Cpu.Tensor([-1e30f, -50f]))).Select(Math.Abs));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1.6732632423543772, 1.0507009873554805, 1)]
    [InlineData(0.7, 1, 1 / 0.7)]
    [InlineData(-0.5, 2, -2)]
    [InlineData(0, 1, 1)]
    public void Elu_SpecialValues_AreThoseOfTheDefinition(double alpha, double scale, double inputScale)
    {
        double[] x = [0, -0.0, 1e-30, -1e-30, -1, -2, -17, 5, 1e4, -200, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Scalar[] numbers = [alpha, scale, inputScale];
        double[] expected = [.. x.Select(v => v <= 0 ? SpecialFunctions.Expm1(v * inputScale) * alpha * scale : v * scale)];
        double[] slopes = [.. x.Select(v => v <= 0 ? Math.Exp(v * inputScale) * alpha * scale * inputScale : scale)];
        float[] single = [.. x.Select(v => (float)v)];
        for (int count = 1; count <= x.Length; count++) // each of them as the last of a row
        {
            Same(expected[..count], Cpu.Read<double>(Cpu.Run(EluOp.Instance, [Cpu.Tensor(x[..count])], numbers)), 1e-15);
            Same(expected[..count], [.. Cpu.Read<float>(Cpu.Run(EluOp.Instance, [Cpu.Tensor(single[..count])], numbers)).Select(v => (double)v)], 3e-7);
            DeviceTensor g = Cpu.Tensor([.. Enumerable.Repeat(1.0, count)]), h = Cpu.Tensor([.. Enumerable.Repeat(1f, count)]);
            Same(slopes[..count], Cpu.Read<double>(Cpu.Run(EluBackwardOp.Instance, [g, Cpu.Tensor(x[..count])], numbers)), 1e-15);
            Same(slopes[..count], [.. Cpu.Read<float>(Cpu.Run(EluBackwardOp.Instance, [h, Cpu.Tensor(single[..count])], numbers)).Select(v => (double)v)], 2e-6); // the exponent is rounded
        }

        static void Same(double[] expected, double[] y, double tolerance)
        {
            for (int i = 0; i < y.Length; i++)
                Assert.True(
                    expected[i].Equals(y[i]) || Math.Abs(expected[i] - y[i]) <= tolerance * Math.Max(Math.Abs(expected[i]), 1e-60) || (double.IsInfinity(y[i]) && Math.Abs(expected[i]) > float.MaxValue), $"[{i}]: {y[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void GeluSlope_SpecialValues_AreThoseOfTheDefinition()
    {
        float[] x = [3.3e38f, float.MaxValue, -3.3e38f, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 15, -15, 1e30f];
        float[] y = Cpu.Read<float>(Cpu.Run(new GeluBackwardOp(false), Cpu.Tensor([.. x.Select(_ => 1f)]), Cpu.Tensor(x)));
        Assert.Equal([1, 1, 0, 0, float.NaN, float.NaN, float.NaN, 1, 0, 1], y.Select(v => v == 0 ? 0 : v));
    }

    private static (double Worst, float At) Worst(string name, double from, double to, Func<float, double, float, double> error)
    {
        var (op, reference) = Find(name);
        var x = new float[Count];
        for (int i = 0; i < Count; i++)
            x[i] = (float)(from + ((to - from) * i / Count));
        var input = Cpu.Tensor(x);
        var one = Cpu.Tensor([.. Enumerable.Repeat(1f, Count)]);
        float[] y = Cpu.Read<float>(op switch
        {
            GeluBackwardOp => Cpu.Run(op, one, input),
            EluBackwardOp => Cpu.Run(op, [one, input], 1, 1, 1),
            EluOp => Cpu.Run(op, [input], 1, 1, 1),
            SoftplusOp => Cpu.Run(op, [input], name == "softplus" ? [1, 20] : [-1.0, double.PositiveInfinity]),
            SoftplusBackwardOp => Cpu.Run(op, [one, input], 1, 20),
            _ => Cpu.Run(op, input),
        });
        double worst = 0;
        float at = 0;
        for (int i = 0; i < Count; i++)
        {
            double e = error(y[i], reference(x[i]), x[i]);
            if (!(e <= worst))
                (worst, at) = (e, x[i]);
        }

        return (worst, at);
    }

    private static (Op Op, Func<double, double> Reference) Find(string name) => name switch
    {
        "gelu" => (new GeluOp(false), static x => x * SpecialFunctions.Normal(x)),
        "gelu/tanh" => (new GeluOp(true), static x => x / (1 + Math.Exp(-Angle(x)))),
        "gelu_backward" => (new GeluBackwardOp(false), static x => SpecialFunctions.Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
        "softplus" => (SoftplusOp.Instance, Softplus),
        "log_sigmoid" => (SoftplusOp.Instance, static x => -Softplus(-x)),
        "softplus_backward" => (SoftplusBackwardOp.Instance, static x => 1 / (1 + Math.Exp(-x))),
        "elu" => (EluOp.Instance, static x => x > 0 ? x : SpecialFunctions.Expm1(x)),
        "elu_backward" => (EluBackwardOp.Instance, static x => x > 0 ? 1 : Math.Exp(x)),
        "gelu_backward/tanh" => (new GeluBackwardOp(true), SlopeOfApproximation),
        _ => (SiluOp.Instance, static x => x / (1 + Math.Exp(-x))),
    };

    private static double Softplus(double x) => Math.Max(x, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(x)));

    private static double Angle(double x) => Rise * (x + (0.044715 * x * x * x));

    private static double SlopeOfApproximation(double x)
    {
        double u = Angle(x);
        return u < -700 ? 0 : 1 / (1 + Math.Exp(-u)) * (1 + (x * Rise * (1 + (3 * 0.044715 * x * x)) / (1 + Math.Exp(u))));
    }
}
