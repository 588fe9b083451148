namespace Nabla.Tests;

/// <summary>First and second gradients of functions that are composed of others, against finite differences.</summary>
public sealed class ComposedGradientTests
{
    private static readonly long[] S = [3, 4];

    private static readonly Dictionary<string, FunctionCase> Cases = new()
    {
        ["frac"] = new(x => x[0].Frac(), S),
        ["logit"] = new(x => x[0].Sigmoid().Logit(), S),
        ["sinc"] = new(x => x[0].Sinc(), S),
        ["ndtr"] = new(x => x[0].Ndtr(), S),
        ["log_ndtr"] = new(x => (x[0] * 9).LogNdtr(), S),
        ["polygamma 2"] = new(x => (x[0] + 0.03).Polygamma(2), [3]),
        ["mvlgamma"] = new(x => (x[0] + 4).Mvlgamma(3), S),
        ["entr"] = new(x => x[0].Exp().Entr(), S),
        ["clamp"] = new(x => x[0].Clamp(-0.7, 0.9), S),
        ["clamp tensors"] = new(x => x[0].Clamp(x[1] - 1, x[2] + 1), S, [4], [3, 1]),
        ["fmax"] = new(x => x[0].Fmax(x[1]), S, [4]),
        ["logaddexp"] = new(x => x[0].LogAddExp(x[1]), S, [4]),
        ["logaddexp2"] = new(x => x[0].LogAddExp2(x[1]), S, [4]),
        ["ldexp"] = new(x => x[0].Ldexp(x[1]), S, [4]),
        ["xlogy"] = new(x => x[0].Xlogy(x[1].Exp()), S, [4]),
        ["lerp"] = new(x => x[0].Lerp(x[1], x[2]), S, S, [4]),
        ["lerp number"] = new(x => x[0].Lerp(x[1], 0.3), S, S),
        ["add with a factor"] = new(x => x[0].Add(x[1], 0.3), S, [4]),
        ["sub with a factor"] = new(x => x[0].Sub(x[1], 0.3), [4], S),
        ["add_ with a factor"] = new(x => (x[0] * 2).Add_(x[1], 0.3).Sub_(x[0], 0.2).Sin(), S, [4]),
        ["addcmul, factor 1"] = new(x => x[0].Addcmul(x[1], x[2]), S, S, [4]),
        ["addcmul"] = new(x => x[0].Addcmul(x[1], x[2], 0.5), S, S, [4]),
        ["addcdiv"] = new(x => x[0].Addcdiv(x[1], x[2].Exp(), 2), S, S, [4]),
        ["pow of number"] = new(x => Tensor.Pow(1.7, x[0]), S),
        ["max"] = new(x => x[0].Max(1).Values, S),
        ["amax"] = new(x => x[0].AMax(0), S),
        ["var"] = new(x => x[0].Var([0, 2]), [2, 3, 2]),
        ["std"] = new(x => x[0].Std(1, correction: 0, keepDim: true), S),
        ["nanmean"] = new(x => x[0].NanMean([1]), S),
        ["logsumexp"] = new(x => x[0].LogSumExp(1), S),
        ["norm 2"] = new(x => x[0].Norm(2, 1), S),
        ["norm 3"] = new(x => x[0].Norm(3, 1), S),
        ["norm 0.5"] = new(x => x[0].Norm(0.5, 1), S),
        ["norm -1"] = new(x => x[0].Norm(-1, 1), S),
        ["norm inf"] = new(x => x[0].Norm(double.PositiveInfinity, 1), S),
        ["renorm"] = new(x => x[0].Renorm(2, 0, 1.5), S),
        ["diff"] = new(x => x[0].Diff(2, prepend: x[1]), S, [3, 2]),
        ["trapezoid"] = new(x => Tensor.Trapezoid(x[0], x[1]), S, [4]),
        ["trapezoid of gaps alike"] = new(x => Tensor.Trapezoid(x[0], dx: 0.3), S),
        ["split"] = new(x => x[0].Split(3, 1)[0] * 2, S),
        ["unbind"] = new(x => x[0].Unbind(1)[2].Sin(), S),
        ["flip"] = new(x => x[0].Flip(0, 1).Sin(), S),
        ["roll"] = new(x => x[0].Roll([1, 2], [0, 1]).Sin(), S),
        ["rot90"] = new(x => x[0].Rot90().Sin(), S),
        ["repeat"] = new(x => x[0].Repeat(2, 1, 3).Sin(), S),
        ["repeat_interleave"] = new(x => x[0].RepeatInterleave(2, 1).Sin(), S),
        ["pad reflect"] = new(x => x[0].Pad([2, 1, 1, 0], PadMode.Reflect).Sin(), S),
        ["pad replicate"] = new(x => x[0].Pad([2, 1, 1, 0], PadMode.Replicate).Sin(), S),
        ["pad circular"] = new(x => x[0].Pad([2, -1, 1, 0], PadMode.Circular).Sin(), S),
        ["unfold"] = new(x => x[0].Unfold(1, 3, 1).Sin(), S),
        ["unfold not dense"] = new(x => x[0].T.Unfold(0, 2, 1).Unfold(1, 2, 1).Sin(), S),
        ["block_diag"] = new(x => Tensor.BlockDiag(x[0], x[1]).Sin(), S, [2]),
        ["cartesian_prod"] = new(x => Tensor.CartesianProd(x[0], x[1]).Sin(), [2], [3]),
        ["combinations"] = new(x => x[0].Combinations().Sin(), [4]),
        ["pixel_shuffle"] = new(x => x[0].PixelShuffle(2).Sin(), [4, 2, 1]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_AgreesWithDifferences(string name)
    {
        var test = Cases[name];
        var result = Autograd.GradCheck(x => [test.Function(x)], test.Inputs());
        Assert.True(result.Passed, $"{name}: {result}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SecondGradient_AgreesWithDifferences(string name)
    {
        var test = Cases[name];
        var result = Autograd.GradGradCheck(x => [test.Function(x)], test.Inputs());
        Assert.True(result.Passed, $"{name}: {result}");
    }
}
