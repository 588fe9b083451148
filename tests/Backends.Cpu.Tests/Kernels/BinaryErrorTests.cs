namespace Nabla.Tests;

/// <summary>Functions of two float32 that are computed in float64 vectors: every pair of special values, and pairs of all magnitudes.</summary>
public sealed class BinaryErrorTests
{
    private static readonly float[] Special =
    [
        0f, -0f, 1, -1, 2, -3, 0.5f, 7, -7, 1e-45f, -1e-45f, 1e-20f, 1e20f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Fact]
    public void Divisions_AreTheScalarOnes()
    {
        // Quotients on both sides of where a vector leaves them to the scalar form.
        foreach (var (a, b) in new[] { Pairs(Special, Special), Magnitudes(1), Small() })
        {
            Exactly(BinaryOp.Remainder, a, b, DivisionOperators.Remainder.Float);
            Exactly(BinaryOp.Fmod, a, b, DivisionOperators.Fmod.Float);
            Exactly(BinaryOp.FloorDivide, a, b, DivisionOperators.FloorDivide.Float);
        }
    }

    [Fact]
    public void Copysign_IsTheScalarOne()
    {
        var (a, b) = Pairs(Special, Special);
        Exactly(BinaryOp.Copysign, a, b, MathF.CopySign);
    }

    [Fact]
    public void Hypot_OfSpecialValues_IsExact()
    {
        var (a, b) = Pairs([0f, -0f, 3, -4, float.PositiveInfinity, float.NegativeInfinity, float.NaN], [0f, -4, 3, float.PositiveInfinity, float.NaN]);
        Exactly(BinaryOp.Hypot, a, b, float.Hypot);
    }

    [Fact]
    public void Atan2_OfSpecialValues_HasQuadrantAndSign()
    {
        var (a, b) = Pairs(Special, Special);
        Exactly(BinaryOp.Atan2, a, b, (y, x) => (float)Math.Atan2(y, x));
    }

    [Fact]
    public void Hypot_AllMagnitudes_IsWithinItsBound() => Within(0.51, BinaryOp.Hypot, Magnitudes(2), double.Hypot);

    [Fact]
    public void Atan2_AllMagnitudes_IsWithinItsBound() => Within(0.51, BinaryOp.Atan2, Magnitudes(3), Math.Atan2);

    [Fact]
    public void Result_DoesNotDependOnPositionOrLength()
    {
        var (a, b) = Small();
        foreach (var op in new[] { BinaryOp.Remainder, BinaryOp.FloorDivide, BinaryOp.Atan2, BinaryOp.Hypot, BinaryOp.Copysign })
        {
            float[] whole = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(a), Cpu.Tensor(b)));
            for (int length = 1; length < 40; length++)
                Assert.Equal(whole.AsSpan(3, length).ToArray(), Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(a.AsSpan(3, length).ToArray()), Cpu.Tensor(b.AsSpan(3, length).ToArray()))));
        }
    }

    private static void Exactly(BinaryOp op, float[] a, float[] b, Func<float, float, float> reference)
    {
        float[] y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(a), Cpu.Tensor(b)));
        for (int i = 0; i < a.Length; i++)
        {
            float expected = reference(a[i], b[i]);
            bool same = BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(y[i]) || (float.IsNaN(expected) && float.IsNaN(y[i]));
            Assert.True(same, $"{op.Kind.Name}({a[i]:R}, {b[i]:R}) is {y[i]:R}, not {expected:R}");
        }
    }

    private static void Within(double bound, BinaryOp op, (float[] A, float[] B) pairs, Func<double, double, double> reference)
    {
        float[] y = Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(pairs.A), Cpu.Tensor(pairs.B)));
        for (int i = 0; i < y.Length; i++)
        {
            double expected = reference(pairs.A[i], pairs.B[i]), error = Ulp.Error(y[i], expected);
            Assert.True(error <= bound, $"{op.Kind.Name}({pairs.A[i]:R}, {pairs.B[i]:R}) is {y[i]:R}, not {expected:R}: {error:0.00} ulp");
        }
    }

    private static (float[] A, float[] B) Pairs(float[] a, float[] b) =>
        ([.. a.SelectMany(x => b.Select(_ => x))], [.. a.SelectMany(_ => b)]);

    /// <summary>Any bits, NaN left out; every other pair of like magnitude.</summary>
    private static (float[] A, float[] B) Magnitudes(int seed)
    {
        var random = new Random(seed);
        float[] a = new float[200_000], b = new float[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = Number(random);
            b[i] = i % 2 == 0 ? Number(random) : a[i] * (random.NextSingle() - 0.5f) * (1 << random.Next(24));
            if (float.IsNaN(b[i]))
                b[i] = 1;
        }

        return (a, b);
    }

    private static float Number(Random random)
    {
        while (true)
        {
            float x = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (!float.IsNaN(x))
                return x;
        }
    }

    /// <summary>Whole numbers and tenths, whose quotients are whole or nearly so.</summary>
    private static (float[] A, float[] B) Small() =>
        Pairs([.. Enumerable.Range(-60, 121).Select(i => i * 0.1f), .. Enumerable.Range(-20, 41).Select(i => (float)i)], [0.1f, -0.1f, 0.3f, 1, -2, 3, -7, 0.7f]);
}
