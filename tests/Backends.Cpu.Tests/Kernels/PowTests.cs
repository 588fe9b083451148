namespace Nabla.Tests;

/// <summary>Powers of float32.</summary>
public sealed class PowTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, 2f, -2f, 3f, -3f, 2.5f, -2.5f, 1e-40f, -1e-40f, 1e30f, -1e30f, 16777215f, -16777215f, 16777216f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Fact]
    public void Pow_SpecialValues_AreThoseOfC()
    {
        float[] a = [.. Special.SelectMany(x => Special.Select(_ => x))], b = [.. Special.SelectMany(_ => Special)];
        Check(a, b, Cpu.Read<float>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    [Fact]
    public void Pow_OneNumberForAll_IsTheSame()
    {
        foreach (float one in Special)
        {
            float[] same = [.. Special.Select(_ => one)];
            Check(Special, same, Cpu.Read<float>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Right), [Cpu.Tensor(Special)], one)), PowKernelTests.Bound(one));
            Check(same, Special, Cpu.Read<float>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Left), [Cpu.Tensor(Special)], one)));
        }
    }

    [Fact]
    public void Pow_WholeRange_IsWithinHalfAUnit()
    {
        var random = new Random(5);
        const int n = 300_000;
        float[] a = new float[n], b = new float[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
            b[i] = i % 3 == 0 ? random.Next(-9, 10) : (float)((random.NextDouble() - 0.5) * 200 / Math.Max(1, Math.Abs(Math.Log(Math.Abs(a[i])))));
        }

        Check(a, b, Cpu.Read<float>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    /// <summary>The exponent of one element is that of many: of 2, the product.</summary>
    [Fact]
    public void Pow_OfTwos_IsTheProduct()
    {
        float[] a = [.. Enumerable.Range(-5000, 10001).Select(i => i * 0.037f), 1e-30f, 1e30f, float.NaN, float.NegativeInfinity];
        float[] b = [.. a.Select((_, i) => i % 3 == 0 ? 2.5f : 2)];
        float[] y = Cpu.Read<float>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b)));
        Assert.All(Enumerable.Range(0, a.Length).Where(i => b[i] == 2), i => Assert.Equal(a[i] * a[i], y[i]));
    }

    private static void Check(float[] a, float[] b, float[] y, double bound = 0.51)
    {
        for (int i = 0; i < a.Length; i++)
        {
            double expected = Math.Pow(a[i], b[i]);
            Assert.True(
                Ulp.Error(y[i], expected) <= bound && (float.IsNaN(y[i]) || float.IsNegative(y[i]) == double.IsNegative(expected)), $"{a[i]:R} to the power {b[i]:R} is {y[i]:R}, not {expected:R}");
        }
    }
}
