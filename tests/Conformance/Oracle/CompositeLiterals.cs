using static Nabla.Tests.Samples.SampleData;

namespace Nabla.Tests.Oracle;

/// <summary>The decompositions, worked out by hand or from closed forms.</summary>
internal static class CompositeLiterals
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;
    private const DType F = DType.Float64;

    public static IEnumerable<Literal> All() => [.. Activations(), .. Integers(), .. Softmaxes(), .. Statistics(), .. Attention(), .. Training()];

    private static IEnumerable<Literal> Activations()
    {
        var x = Of(F, [2], 1, -2);
        yield return new(ReluOp.Instance, [Of(F, [3], 1, -2, NaN)], [], [Of(F, [3], 1, 0, NaN)]);
        yield return new(ReluBackwardOp.Instance, [Of(F, [4], 3, Inf, 5, 6), Of(F, [4], 2, 0, -1, NaN)], [], [Of(F, [4], 3, 0, 0, 6)]);
        yield return new(new GeluOp(false), [x], [], [Of(F, [2], 0.8413447460685429, -0.04550026389635842)]);
        yield return new(new GeluOp(true), [x], [], [Of(F, [2], 0.8411919906082768, -0.04540230591222494)]);
        yield return new(new GeluBackwardOp(false), [Of(F, [2], 1, 1), x], [], [Of(F, [2], 1.0833154705876864, -0.08523180107819692)]);
        yield return new(new GeluBackwardOp(true), [Of(F, [2], 3, 1), Of(F, [2], 0, 30)], [], [Of(F, [2], 1.5, 1)]);
        yield return new(SiluOp.Instance, [x], [], [Of(F, [2], 0.7310585786300049, -0.2384058440442351)]);
        yield return new(SiluBackwardOp.Instance, [Of(F, [2], 2, 1), Of(F, [2], 0, 1)], [], [Of(F, [2], 1, 0.9276705118714867)]);
        yield return new(SoftplusOp.Instance, [Of(F, [3], 1, -2, 21)], [1, 20], [Of(F, [3], 1.3132616875182228, 0.1269280110429725, 21)]);
        yield return new(SoftplusOp.Instance, [Of(F, [3], 2, Inf, -Inf)], [-1.0, Inf], [Of(F, [3], -0.1269280110429725, 0, -Inf)]);
        yield return new(SoftplusBackwardOp.Instance, [Of(F, [4], 2, 2, 3, 3), Of(F, [4], 0, 1, 2, Inf)], [2, 3], [Of(F, [4], 1, 1.7615941559557649, 3, 3)]);
        yield return new(SoftplusBackwardOp.Instance, [Of(F, [3], 2, 2, 2), Of(F, [3], 0, Inf, -Inf)], [-1.0, Inf], [Of(F, [3], 1, 0, 2)]);
        yield return new(NanToNumOp.Instance, [Of(F, [4], NaN, Inf, -Inf, 5)], [1, 2, 3], [Of(F, [4], 1, 2, 3, 5)]);
        yield return new(NanToNumOp.Instance, [Of(F, [3], NaN, Inf, -Inf)], [Inf, NaN, Inf], [Of(F, [3], Inf, NaN, Inf)]);
        yield return new(FracOp.Instance, [Of(F, [5], 2.5, -2.25, -3, Inf, NaN)], [], [Of(F, [5], 0.5, -0.25, 0, NaN, NaN)]);
        yield return new(LerpOp.Instance, [Of(F, [2], 1, 4), Of(F, [2], 3, 0)], [0.25], [Of(F, [2], 1.5, 3)]);
        yield return new(LerpOp.Instance, [Of(F, [2], 1, 1e300), Of(F, [2], 3, 7)], [1], [Of(F, [2], 3, 7)]);
        yield return new(AddScaledOp.Instance, [Of(F, [4], 1, 4, Inf, 2), Of(F, [4], 3, 0, Inf, NaN)], [-0.5], [Of(F, [4], -0.5, 4, NaN, NaN)]);
        yield return new(LerpByOp.Instance, [Of(F, [3], 1, 4, 1e300), Of(F, [3], 3, 0, 7), Of(F, [3], 0.25, 0.75, 1)], [], [Of(F, [3], 1.5, 1, 7)]);
        yield return new(MultiplyAddOp.Instance, [Of(F, [3], 1, 4, Inf), Of(F, [3], 3, 0, 0), Of(F, [3], 0.25, -7, 1)], [], [Of(F, [3], 3.25, -7, NaN)]);
        yield return new(new LogAddExpOp(false), [Of(F, [4], 0, Inf, -Inf, -Inf), Of(F, [4], 1, Inf, -Inf, 3)], [], [Of(F, [4], 1.3132616875182228, Inf, -Inf, 3)]);
        yield return new(new LogAddExpOp(true), [Of(F, [4], 5, Inf, -Inf, 3), Of(F, [4], 5, Inf, -Inf, -Inf)], [], [Of(F, [4], 6, Inf, -Inf, 3)]);
        yield return new(EluOp.Instance, [Of(F, [3], 1, -2, NaN)], [3, 0.5, 0.5], [Of(F, [3], 0.5, -0.9481808382428365, NaN)]);
        yield return new(EluBackwardOp.Instance, [Of(F, [3], 2, 2, 2), Of(F, [3], 1, -2, 0)], [3, 0.5, 0.5], [Of(F, [3], 1, 0.5518191617571635, 1.5)]);
        yield return new(LeakyReluOp.Instance, [Of(F, [4], 2, -2, 0, NaN)], [0.25], [Of(F, [4], 2, -0.5, 0, NaN)]);
        yield return new(LeakyReluBackwardOp.Instance, [Of(F, [4], 8, 8, 8, 8), Of(F, [4], 2, -2, 0, NaN)], [0.25], [Of(F, [4], 8, 2, 2, 2)]);
        yield return new(PReluOp.Instance, [Of(F, [6], 2, -2, 0, NaN, Inf, -Inf), Of(F, [6], 0.25, 0.25, 3, 1, -1, -1)], [], [Of(F, [6], 2, -0.5, 0, NaN, Inf, Inf)]);
        yield return new(HardsigmoidOp.Instance, [Of(F, [7], -4, -3, 0, 1.5, 3, Inf, NaN)], [], [Of(F, [7], 0, 0, 0.5, 0.75, 1, 1, NaN)]);
        yield return new(new ClampOp(true), [Of(F, [4], -3, 1, 3, NaN)], [-1, 2], [Of(F, [4], -1, 1, 2, NaN)]);
        yield return new(new ClampOp(false), [Of(F, [2], -Inf, Inf)], [-1, 2], [Of(F, [2], -1, 2)]);
        yield return new(new ClampOp(true), [Of(F, [3], -3, 0, 3)], [1, -1], [Of(F, [3], -1, -1, -1)]);
        yield return new(new ClampBackwardOp(true), [Of(F, [6], 8, 8, 8, 8, 8, 8), Of(F, [6], -2, -1, 0, 2, 3, NaN)], [-1, 2], [Of(F, [6], 0, 8, 8, 8, 0, 0)]);
        yield return new(new ClampBackwardOp(false), [Of(F, [6], 8, 8, 8, 8, 8, 8), Of(F, [6], -2, -1, 0, 2, 3, NaN)], [-1, 2], [Of(F, [6], 0, 0, 8, 0, 0, 8)]);
        yield return new(new ShrinkOp(false), [Of(F, [6], -2, -0.5, 0.25, 0.5, 1, NaN)], [0.5], [Of(F, [6], -2, 0, 0, 0, 1, NaN)]);
        yield return new(new ShrinkOp(true), [Of(F, [6], -2, -0.5, 0.25, 0.5, 1, NaN)], [0.5], [Of(F, [6], -1.5, 0, 0, 0, 0.5, NaN)]);
        yield return new(ShrinkBackwardOp.Instance, [Of(F, [4], 8, Inf, NaN, 8), Of(F, [4], -2, 0.5, 0, NaN)], [0.5], [Of(F, [4], 8, 0, 0, 8)]);
        yield return new(HuberOp.Instance, [Of(F, [5], 1, 5, -5, NaN, Inf), Of(F, [5], 2, 1, 3, 0, 0)], [2, 1], [Of(F, [5], 0.5, 6, 14, NaN, Inf)]);
        yield return new(HuberOp.Instance, [Of(F, [2], 1, 5), Of(F, [2], 2, 1)], [2, 0.5], [Of(F, [2], 0.25, 3)]);
        yield return new(HuberSlopeOp.Instance, [Of(F, [5], 1, 5, -5, NaN, Inf), Of(F, [5], 2, 1, 3, 0, 0)], [2, 0.5], [Of(F, [5], -0.5, 1, -1, NaN, 1)]);
        yield return new(DropoutOp.Instance, [Of(F, [2], 3, Inf)], [0, 1, 1], [Of(F, [2], 3, Inf), Of(DType.Bool, [2], 1, 1)]);
        yield return new(DropoutOp.Instance, [Of(F, [2], 3, Inf)], [1, 1, 1], [Of(F, [2], 0, 0), Of(DType.Bool, [2], 0, 0)]);
        // The words 6627E8D5, E169C58D, BC57AC4C, 9B00DBD8: their upper bits, and with those of the next three blocks (by another implementation) float64 and normal numbers.
        yield return new(new RandOp(DType.Float32, [4]), [], [0, 0], [Of(DType.Float32, [4], 0x6627E8 / 16777216.0, 0xE169C5 / 16777216.0, 0xBC57AC / 16777216.0, 0x9B00DB / 16777216.0)]);
        yield return new(new RandOp(DType.BFloat16, [4]), [], [0, 0], [Of(DType.BFloat16, [4], 0x66 / 256.0, 0xE1 / 256.0, 0xBC / 256.0, 0x9B / 256.0)]);
        yield return new(new RandOp(F, [4]), [], [0, 0], [Of(F, [4], 0.3990464802420318, 0.8805202001644836, 0.7357127918888765, 0.6054818486734342)]);
        yield return new(new RandnOp(F, [4]), [], [0, 0], [Of(F, [4], 1.0016691693486683, -0.8711849986092619, 1.0323933196218698, -0.18578222737382033)]);
        yield return new(new RandIntOp([4]), [], [10, 100, 0, 0], [Of(DType.Int64, [4], 49, 98, 83, 70)]);
        yield return new(new RandIntOp([4]), [], [-5, int.MaxValue, 0, 0], [Of(DType.Int64, [4], 856945765, 1890902720, 1579931168, 1300262374)]);

        // Of the same words the first alone is at least 0 as int32, so it alone survives p = 1/2.
        yield return new(DropoutOp.Instance, [Of(F, [4], 1, 2, 3, 4)], [0.5, 0, 0], [Of(F, [4], 2, 0, 0, 0), Of(DType.Bool, [4], 1, 0, 0, 0)]);
    }

    private static IEnumerable<Literal> Integers()
    {
        const DType t = DType.Int64;
        yield return new(GcdOp.Instance, [Of(t, [6], 12, -12, 0, 0, 7, 89), Of(t, [6], 18, 18, -5, 0, 7, 55)], [], [Of(t, [6], 6, 6, 5, 0, 7, 1)]);
        yield return new(GcdOp.Instance, [Of(DType.UInt8, [2], 250, 0), Of(DType.UInt8, [2], 15, 255)], [], [Of(DType.UInt8, [2], 5, 255)]);
        yield return new(new EuclidOp(1), [Of(t, [3], 12, -12, 5), Of(t, [3], 5, 5, 0)], [], [Of(t, [3], 5, 5, 5), Of(t, [3], 2, -2, 0)]);
        yield return new(new EuclidOp(3), [Of(t, [1], 8), Of(t, [1], 5)], [], [Of(t, [1], 2), Of(t, [1], 1)]);
        yield return new(LcmOp.Instance, [Of(t, [4], 12, -4, 0, 0), Of(t, [4], 18, 6, 5, 0)], [], [Of(t, [4], 36, 12, 0, 0)]);
        yield return new(LcmOp.Instance, [Of(DType.UInt8, [1], 250), Of(DType.UInt8, [1], 15)], [], [Of(DType.UInt8, [1], 750 - 512)]);
    }

    private static IEnumerable<Literal> Softmaxes()
    {
        var x = Of(F, [1, 3], 1, 2, 3);
        double[] softmax = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219];
        yield return new(new SoftmaxOp(1), [x], [], [Of(F, [1, 3], softmax)]);
        yield return new(new SoftmaxOp(0), [x], [], [Of(F, [1, 3], 1, 1, 1)]);
        yield return new(new LogSoftmaxOp(1), [x], [], [Of(F, [1, 3], -2.40760596444438, -1.4076059644443801, -0.40760596444438013)]);
        yield return new(new LogSumExpOp([1], true), [x], [], [Of(F, [1, 1], 3.40760596444438)]);
        yield return new(new LogSumExpOp([0], false), [Of(F, [2, 2], 1000, -Inf, 1000, -Inf)], [], [Of(F, [2], 1000.6931471805599453, -Inf)]);
        yield return new(new SoftmaxBackwardOp(0), [Of(F, [2], 1, 0), Of(F, [2], 0.25, 0.75)], [], [Of(F, [2], 0.1875, -0.1875)]);
        yield return new(new LogSoftmaxBackwardOp(0), [Of(F, [2], 1, 2), Of(F, [2], 0, 0)], [], [Of(F, [2], -2, -1)]);
        yield return new(CrossEntropyOp.Instance, [x, Of(DType.Int64, [1], 0)], [], [Of(F, [1], 2.40760596444438), Of(F, [1, 1], 3.40760596444438)]);
        yield return new(CrossEntropyBackwardOp.Instance, [Of(F, [1], 2), x, Of(DType.Int64, [1], 2), Of(F, [1, 1], 3.40760596444438)], [], [Of(F, [1, 3], 2 * softmax[0], 2 * softmax[1], 2 * (softmax[2] - 1))]);
    }

    private static IEnumerable<Literal> Statistics()
    {
        var x = Of(F, [1, 3], 1, 2, 3);
        yield return new(new MeanOp([1], false), [x], [], [Of(F, [1], 2)]);
        yield return new(new MeanOp([0], false), [Of(F, [0, 1])], [], [Of(F, [1], NaN)]);
        yield return new(new VarOp([1], false), [x], [1], [Of(F, [1], 1)]);
        yield return new(new VarOp([1], true), [x], [0], [Of(F, [1, 1], 2.0 / 3)]);
        yield return new(new VarOp([0], false), [x], [1], [Of(F, [3], NaN, NaN, NaN)]);
        yield return new(new StdOp([1], false), [Of(F, [1, 3], 1, 3, 5)], [1], [Of(F, [1], 2)]);
        yield return new(new StdOp([1], true), [x], [0], [Of(F, [1, 1], 0.816496580927726)]);
        yield return new(new StdOp([0], false), [x], [1], [Of(F, [3], NaN, NaN, NaN)]);
        const double rstd = 1.224744871391589;
        yield return new(new LayerNormOp(1, false), [x], [0], [Of(F, [1, 3], -rstd, 0, rstd), Of(F, [1, 1], 2), Of(F, [1, 1], rstd)]);
        yield return new(new LayerNormOp(1, true), [x, Of(F, [3], 2, 2, 2), Of(F, [3], 0, 1, 0)], [0], [Of(F, [1, 3], -2 * rstd, 1, 2 * rstd), Of(F, [1, 1], 2), Of(F, [1, 1], rstd)]);
        // g = [1, 0, 0], n = [-r, 0, r]: g - 1/3 - n (-r/3) = [2/3 - 1/2, -1/3, -1/3 + 1/2].
        yield return new(new LayerNormBackwardOp(1, false), [Of(F, [1, 3], 1, 0, 0), x, Of(F, [1, 1], 2), Of(F, [1, 1], rstd)], [], [Of(F, [1, 3], rstd / 6, -rstd / 3, rstd / 6)]);
        // The mean of the squares of 1 and 7 is 25: n = [0.2, 1.4].
        var pair = Of(F, [1, 2], 1, 7);
        yield return new(new RmsNormOp(1, false), [pair], [0], [Of(F, [1, 2], 0.2, 1.4), Of(F, [1, 1], 0.2)]);
        yield return new(new RmsNormOp(1, true), [pair, Of(F, [2], 5, 10)], [0], [Of(F, [1, 2], 1, 14), Of(F, [1, 1], 0.2)]);
        // g = [1, 0]: 0.2 ([1, 0] - n 0.1); with a weight of 5 and 10, five times that.
        yield return new(new RmsNormBackwardOp(1, false), [Of(F, [1, 2], 1, 0), pair, Of(F, [1, 1], 0.2)], [], [Of(F, [1, 2], 0.196, -0.028)]);
        yield return new(
            new RmsNormBackwardOp(1, true), [Of(F, [1, 2], 1, 0), pair, Of(F, [1, 1], 0.2), Of(F, [2], 5, 10)], [], [Of(F, [1, 2], 0.98, -0.14), Of(F, [2], 0.2, 0)]);
        yield return new(new LinearOp(true), [Of(F, [1, 2], 1, 2), Of(F, [3, 2], 1, 0, 0, 1, 1, 1), Of(F, [3], 10, 20, 30)], [], [Of(F, [1, 3], 11, 22, 33)]);
        yield return new(new LinearOp(true, ReluOp.Instance), [Of(F, [1, 2], 1, 2), Of(F, [3, 2], 1, 0, 0, 1, 1, 1), Of(F, [3], 10, -20, 30)], [], [Of(F, [1, 3], 11, 0, 33)]);
    }

    private static IEnumerable<Literal> Attention()
    {
        // Scores 2 and 0: weights e^2 / (e^2 + 1) and 1 / (e^2 + 1).
        Reference.Values q = Of(F, [1, 2], 1, 0), k = Of(F, [2, 2], 1, 0, 0, 1), v = Of(F, [2, 1], 1, 3), total = Of(F, [1, 1], 2.1269280110429727);
        yield return new(new AttentionOp(false, false), [q, k, v], [2], [Of(F, [1, 1], 1.2384058440442351), total]);
        yield return new(new AttentionOp(true, false), [q, k, v], [2], [Of(F, [1, 1], 1), Of(F, [1, 1], 2)]);
        yield return new(new AttentionOp(false, true), [q, k, v, Of(DType.Bool, [2], 0, 0)], [2], [Of(F, [1, 1], 0), Of(F, [1, 1], -Inf)]);
        yield return new(
            new AttentionBackwardOp(false, false), [Of(F, [1, 1], 2), q, k, v, total, Of(F, [1, 1], 0.5)], [2],
            [Of(F, [1, 2], 2.6423912339336475, 1.311232142243293), Of(F, [2, 2], 2.6423912339336475, 0, 1.311232142243293, 0), Of(F, [2, 1], 1.7615941559557649, 0.2384058440442351)]);
    }

    private static IEnumerable<Literal> Training()
    {
        var (p, g, buffer) = (Of(F, [1], 1), Of(F, [1], 0.5), Of(F, [1], 2));
        yield return new(new SgdStepOp(false, false, false, false), [p, g], [0.1, 0, 0, 0], [Of(F, [1], 0.95)]);
        yield return new(new SgdStepOp(false, false, false, true), [p, g], [0.1, 0, 0, 0], [Of(F, [1], 1.05)]);
        yield return new(new SgdStepOp(true, true, false, false), [p, g, buffer], [0.1, 0.9, 0.5, 0], [Of(F, [1], 0.95), Of(F, [1], 0.5)]);
        yield return new(new SgdStepOp(true, false, false, false), [p, g, buffer], [0.1, 0.9, 0, 0], [Of(F, [1], 0.77), Of(F, [1], 2.3)]);
        yield return new(new SgdStepOp(true, false, true, false), [p, g, buffer], [0.1, 0.9, 0, 0], [Of(F, [1], 0.743), Of(F, [1], 2.3)]);
        yield return new(
            new SgdStepOp(true, false, false, false, Count: 2), [p, g, buffer, Of(F, [2], 1, 2), Of(F, [2], 3, 4), Of(F, [2], 0, 1)], [0.1, 0.9, 0, 0],
            [Of(F, [1], 0.77), Of(F, [1], 2.3), Of(F, [2], 0.7, 1.51), Of(F, [2], 3, 4.9)]);
        // The first step of Adam is the learning rate times the sign of the gradient.
        yield return new(
            new AdamStepOp(false, false, false), [p, g, Of(F, [1], 0), Of(F, [1], 0), Of(DType.Int64, [], 0)], [0.1, 0.9, 0.999, 0, 0],
            [Of(F, [1], 0.9), Of(F, [1], 0.05), Of(F, [1], 0.00025), Of(DType.Int64, [], 1)]);
        // From nothing by the whole of it: what the betas leave of 1 has all digits.
        yield return new(
            new AdamStepOp(false, false, false), [Of(F, [1], 0), Of(F, [1], 1), Of(F, [1], 0), Of(F, [1], 0), Of(DType.Int64, [], 0)], [1, 0.9, 0.999, 0, 0],
            [Of(F, [1], -1), Of(F, [1], 0.1), Of(F, [1], 0.001), Of(DType.Int64, [], 1)]);
        // Decoupled decay takes lr * decay of the parameter first; the largest moment is 1, corrected by 1 - 0.75^1.
        yield return new(
            new AdamStepOp(true, true, false), [p, g, Of(F, [1], 0), Of(F, [1], 0), Of(DType.Int64, [], 0), Of(F, [1], 1)], [0.1, 0.5, 0.75, 0, 0.5],
            [Of(F, [1], 0.95 - (0.1 * 0.5 / 2)), Of(F, [1], 0.25), Of(F, [1], 0.0625), Of(DType.Int64, [], 1), Of(F, [1], 1)]);
        // The sum of squares grows to 1.5^2; in the second step the rate is half.
        yield return new(
            new AdagradStepOp(), [p, g, Of(F, [1], 2), Of(DType.Int64, [], 0)], [0.3, 1, 0, 0], [Of(F, [1], 0.9), Of(F, [1], 2.25), Of(DType.Int64, [], 1)]);
        yield return new(
            new AdagradStepOp(), [p, g, Of(F, [1], 2), Of(DType.Int64, [], 1)], [0.3, 1, 0, 0], [Of(F, [1], 0.95), Of(F, [1], 2.25), Of(DType.Int64, [], 2)]);
        // The gradient is as large as the root of its mean square.
        yield return new(new RmsPropStepOp(false, false), [p, g, Of(F, [1], 0.25)], [0.1, 0.5, 0, 0, 0], [Of(F, [1], 0.9), Of(F, [1], 0.25)]);
        yield return new(
            new RmsPropStepOp(true, true), [p, g, Of(F, [1], 0.375), Of(F, [1], 0), Of(F, [1], 2)], [0.1, 0.5, 0, 0, 0.5],
            [Of(F, [1], 0.8), Of(F, [1], 0.3125), Of(F, [1], 0.25), Of(F, [1], 2)]);
    }
}
