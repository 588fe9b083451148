namespace Nabla.Tests;

/// <summary>Powers of float64, against the scalar function, whose own error of about half a unit the bound includes.</summary>
public sealed class Pow64Tests
{
    private const double Bound = 1;

    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, -2.5, 1e-310, -1e-310, double.Epsilon, -double.Epsilon, 1e30, -1e30, 9007199254740991, -9007199254740991, 9007199254740992,
        double.BitIncrement(1), double.BitDecrement(1), -double.BitIncrement(1), 1e300, 1e307, -1e307, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    [Fact]
    public void Pow_SpecialValues_AreThoseOfC()
    {
        double[] a = [.. Special.SelectMany(x => Special.Select(_ => x))], b = [.. Special.SelectMany(_ => Special)];
        Check(a, b, Cpu.Read<double>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    [Fact]
    public void Pow_OneNumberForAll_IsTheSame()
    {
        foreach (double one in Special)
        {
            double[] same = [.. Special.Select(_ => one)];
            if (one is not (3 or -0.5 or -2))
                Check(Special, same, Cpu.Read<double>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Right), [Cpu.Tensor(Special)], one)));
            Check(same, Special, Cpu.Read<double>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Left), [Cpu.Tensor(Special)], one)));
        }
    }

    /// <summary>Bases of every size; results of every size, at the ends of the range and beyond, too.</summary>
    [Fact]
    public void Pow_WholeRange_IsWithinItsBound()
    {
        var random = new Random(5);
        const int n = 1_000_000;
        double[] a = new double[n], b = new double[n];
        for (int i = 0; i < n; i++)
        {
            a[i] = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => 1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(50)),
                2 => random.NextDouble() * 10,
                _ => -Math.Round(Math.ScaleB(random.NextDouble(), random.Next(20))),
            };
            double log = Math.Log(Math.Abs(a[i])), size = (i & 32) == 0 ? 20 : 1500;
            b[i] = i % 4 == 3 || i % 7 == 0 ? random.Next(-9, 10) : (random.NextDouble() - 0.5) * size / Math.Max(1e-18, Math.Abs(log));
        }

        Check(a, b, Cpu.Read<double>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    [Fact]
    public void Pow_DoesNotDependOnPositionOrLength()
    {
        double[] a = [.. Enumerable.Range(0, 100).Select(i => (i % 5 == 0 ? -i : i) * 0.37)], b = [.. Enumerable.Range(0, 100).Select(i => i % 5 == 0 ? i % 7 - 3 : (i - 50) * 0.31)];
        double[] whole = Cpu.Read<double>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b)));
        double[] scalar = Cpu.Read<double>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Right), [Cpu.Tensor(a)], 2.7));
        for (int length = 1; length < 40; length++)
        {
            Assert.Equal(whole.AsSpan(3, length).ToArray(), Cpu.Read<double>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a.AsSpan(3, length).ToArray()), Cpu.Tensor(b.AsSpan(3, length).ToArray()))));
            Assert.Equal(scalar.AsSpan(3, length).ToArray(), Cpu.Read<double>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Right), [Cpu.Tensor(a.AsSpan(3, length).ToArray())], 2.7)));
        }
    }

    /// <summary>The exponent of one element is that of many: of 2, the product.</summary>
    [Fact]
    public void Pow_OfTwos_IsTheProduct()
    {
        double[] a = [.. Enumerable.Range(-500, 1001).Select(i => i * 0.37), 1e-200, 1e200, 1e-160, double.NaN, double.NegativeInfinity];
        double[] b = [.. a.Select((_, i) => i % 3 == 0 ? 2.5 : 2)];
        double[] y = Cpu.Read<double>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b)));
        Assert.All(Enumerable.Range(0, a.Length).Where(i => b[i] == 2), i => Assert.Equal(a[i] * a[i], y[i]));
    }

    private static void Check(double[] a, double[] b, double[] y)
    {
        double worst = 0;
        int at = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double expected = Math.Pow(a[i], b[i]);
            Assert.True(double.IsNaN(y[i]) == double.IsNaN(expected) && (double.IsNaN(expected) || double.IsNegative(y[i]) == double.IsNegative(expected)), $"{a[i]:R} to the power {b[i]:R} is {y[i]:R}, not {expected:R}");
            // Infinity stands for the number after the largest.
            double error = y[i].Equals(expected) ? 0 : Math.Abs(BitConverter.DoubleToInt64Bits(Math.Abs(y[i])) - BitConverter.DoubleToInt64Bits(Math.Abs(expected)));
            if (error > worst)
                (worst, at) = (error, i);
        }

        Assert.True(worst <= Bound, $"{a[at]:R} to the power {b[at]:R} is {y[at]:R}, not {Math.Pow(a[at], b[at]):R}: {worst} units");
    }
}
