using static Nabla.Functional;

namespace Nabla.Tests;

/// <summary>First and second gradients of every function against finite differences.</summary>
public sealed class GradientTests
{
    private static readonly long[] S = [3, 4];
    private static readonly Tensor Classes = Tensor.From(new long[] { 1, 3, 0 });
    private static readonly Tensor Ignoring = Tensor.From(new long[] { 1, -100, 0 });
    private static readonly Tensor Weights = Tensor.From(new[] { 0.5, 2.0, 1.0, 1.5 });
    private static readonly Tensor Signs = Tensor.From(new[] { 1.0, -1.0, 1.0 });
    private static readonly Tensor Mask = Tensor.From(new[] { true, false, true, true });

    private static readonly Dictionary<string, FunctionCase> Cases = new()
    {
        ["relu"] = new(x => Relu(x[0]), S),
        ["relu6"] = new(x => Relu6(x[0] * 5), S),
        ["leaky_relu"] = new(x => LeakyRelu(x[0], 0.2), S),
        ["prelu"] = new(x => PRelu(x[0], x[1]), S, [4]),
        ["prelu one"] = new(x => PRelu(x[0], x[1]), S, [1]),
        ["elu"] = new(x => Elu(x[0], 1.3), S),
        ["celu"] = new(x => Celu(x[0], 0.7), S),
        ["selu"] = new(x => Selu(x[0]), S),
        ["gelu"] = new(x => Gelu(x[0]), S),
        ["gelu tanh"] = new(x => Gelu(x[0], GeluApproximation.Tanh), S),
        ["glu"] = new(x => Glu(x[0]), S),
        ["silu"] = new(x => Silu(x[0]), S),
        ["mish"] = new(x => Mish(x[0]), S),
        ["softplus"] = new(x => Softplus(x[0], 2, 1.5), S),
        ["softsign"] = new(x => Softsign(x[0]), S),
        ["softshrink"] = new(x => Softshrink(x[0]), S),
        ["hardshrink"] = new(x => Hardshrink(x[0]), S),
        ["hardtanh"] = new(x => Hardtanh(x[0]), S),
        ["hardsigmoid"] = new(x => Hardsigmoid(x[0] * 3), S),
        ["hardswish"] = new(x => Hardswish(x[0] * 3), S),
        ["logsigmoid"] = new(x => LogSigmoid(x[0]), S),
        ["tanhshrink"] = new(x => Tanhshrink(x[0]), S),
        ["threshold"] = new(x => Threshold(x[0], 0.2, -3), S),
        ["softmax"] = new(x => Softmax(x[0], 0), S),
        ["log_softmax"] = new(x => LogSoftmax(x[0], -1), S),
        ["softmin"] = new(x => Softmin(x[0], 1), S),

        ["l1_loss"] = new(x => L1Loss(x[0], x[1]), S, S),
        ["mse_loss"] = new(x => MseLoss(x[0], x[1]), S, S),
        ["smooth_l1_loss"] = new(x => SmoothL1Loss(x[0], x[1], Reduction.Sum, 0.6), S, S),
        ["huber_loss"] = new(x => HuberLoss(x[0], x[1], Reduction.None, 0.6), S, S),
        ["gaussian_nll_loss"] = new(x => GaussianNllLoss(x[0], x[1], x[2].Exp(), full: true), S, S, [3, 1]),
        ["poisson_nll_loss"] = new(x => PoissonNllLoss(x[0], x[1].Exp(), full: true), S, S),
        ["binary_cross_entropy"] = new(x => BinaryCrossEntropy(x[0].Sigmoid(), x[1].Sigmoid()), S, S),
        ["binary_cross_entropy_with_logits"] = new(x => BinaryCrossEntropyWithLogits(x[0], x[1].Sigmoid(), posWeight: x[2]), S, S, [4]),
        ["soft_margin_loss"] = new(x => SoftMarginLoss(x[0], x[1]), S, S),
        ["multilabel_soft_margin_loss"] = new(x => MultilabelSoftMarginLoss(x[0], x[1]), S, S),
        ["margin_ranking_loss"] = new(x => MarginRankingLoss(x[0], x[1], Signs, 0.3), [3], [3]),
        ["hinge_embedding_loss"] = new(x => HingeEmbeddingLoss(x[0], Signs), [3]),
        ["cosine_embedding_loss"] = new(x => CosineEmbeddingLoss(x[0], x[1], Signs, -0.9), S, S),
        ["triplet_margin_loss"] = new(x => TripletMarginLoss(x[0], x[1], x[2], swap: true), S, S, S),
        ["multi_margin_loss"] = new(x => MultiMarginLoss(x[0], Classes, 2, 0.8, Weights), S),
        ["nll_loss"] = new(x => NllLoss(x[0], Ignoring, x[1]), S, [4]),
        ["cross_entropy"] = new(x => CrossEntropy(x[0], Classes), S),
        ["cross_entropy sum"] = new(x => CrossEntropy(x[0], Ignoring, Weights, reduction: Reduction.Sum), S),
        ["cross_entropy smooth"] = new(x => CrossEntropy(x[0], Ignoring, Weights, labelSmoothing: 0.2), S),
        ["cross_entropy probabilities"] = new(x => CrossEntropy(x[0], x[1].Softmax(1), Weights, labelSmoothing: 0.1), S, S),
        ["kl_div"] = new(x => KlDiv(x[0], x[1].Exp(), Reduction.BatchMean), S, S),
        ["kl_div logarithms"] = new(x => KlDiv(x[0], x[1], logTarget: true), S, S),
        ["pairwise_distance"] = new(x => PairwiseDistance(x[0], x[1], 3), S, S),
        ["cosine_similarity"] = new(x => CosineSimilarity(x[0], x[1]), S, [1, 4]),

        ["layer_norm"] = new(x => LayerNorm(x[0], [4], x[1], x[2]), S, [4], [4]),
        ["layer_norm weight"] = new(x => LayerNorm(x[0], [3, 4], x[1]), S, S),
        ["rms_norm"] = new(x => RmsNorm(x[0], [4], x[1], 1e-6), S, [4]),
        ["group_norm"] = new(x => GroupNorm(x[0], 2, x[1], x[2]), [2, 4, 3], [4], [4]),
        ["instance_norm"] = new(x => InstanceNorm(x[0], weight: x[1], bias: x[2]), [2, 2, 4], [2], [2]),
        ["batch_norm"] = new(x => BatchNorm(x[0], null, null, x[1], x[2], training: true), [3, 2, 2], [2], [2]),
        ["batch_norm evaluation"] = new(x => BatchNorm(x[0], x[1], x[2].Exp(), x[3]), [3, 2], [2], [2], [2]),
        ["local_response_norm"] = new(x => LocalResponseNorm(x[0], 3, 0.5), [2, 4, 2]),
        ["normalize"] = new(x => Normalize(x[0], 3, 0), S),

        ["linear"] = new(x => Linear(x[0], x[1], x[2]), [2, 3, 4], [5, 4], [5]),
        ["bilinear"] = new(x => Bilinear(x[0], x[1], x[2], x[3]), [2, 3], [2, 2], [4, 3, 2], [4]),
        ["attention"] = new(x => ScaledDotProductAttention(x[0], x[1], x[2], x[3]), [2, 3, 2], [2, 4, 2], [2, 4, 3], [3, 4]),
        ["attention causal"] = new(x => ScaledDotProductAttention(x[0], x[1], x[2], isCausal: true), [3, 2], [3, 2], [3, 2]),
        ["attention mask"] = new(x => ScaledDotProductAttention(x[0], x[1], x[2], Mask), [3, 2], [4, 2], [4, 2]),
        ["linalg_cross"] = new(x => Linalg.Cross(x[0], x[1], 0), [3, 2], [3, 1]),
        ["linalg_vector_norm"] = new(x => Linalg.VectorNorm(x[0], 3, [1], keepDim: true), S),
        ["linalg_vander"] = new(x => Linalg.Vander(x[0], 4), [2, 3]),
        ["cov"] = new(x => x[0].Cov(), S),
        ["cov weights"] = new(x => x[0].Cov(0, Classes + 1, x[1].Exp()), [2, 3], [3]),
        ["corrcoef"] = new(x => x[0].Corrcoef() * Tensor.From(new[,] { { 0, 1.0 }, { -3, 0 } }), [2, 4]), // the diagonal is at the limit
        ["cdist by product"] = new(x => CDist(x[0], x[1]).Square(), [27, 2], [2, 2]),
        ["cdist"] = new(x => CDist(x[0], x[1], 2.5), [2, 3], [4, 3]),
        ["einsum"] = new(x => Tensor.Einsum("b...i,oij,bj...->bo...", x[0], x[1], x[2]), [2, 3, 2], [3, 2, 2], [2, 2, 3]),
        ["einsum diagonal"] = new(x => Tensor.Einsum("iij,jk->ik", x[0], x[1]), [3, 3, 2], [2, 2]),
        ["tensordot"] = new(x => x[0].Tensordot(x[1], [0, 2], [1, 0]), [2, 3, 4], [4, 2, 2]),
        ["kron"] = new(x => x[0].Kron(x[1]), [2, 2], [3]),
        ["multi_dot"] = new(x => Tensor.MultiDot(x[0], x[1], x[2]), [2], [2, 3], [3, 2]),
        ["addmm"] = new(x => x[0].Addmm(x[1], x[2], 0.5, 2.0), [3], [2, 4], [4, 3]),
        ["baddbmm"] = new(x => x[0].Baddbmm(x[1], x[2]), [2, 2], [3, 2, 4], [3, 4, 2]),

        ["embedding"] = new(x => Embedding(Classes, x[0]), [4, 2]),
        ["index_select"] = new(x => x[0].IndexSelect(1, Classes), S),
        ["take_along_dim"] = new(x => x[0].TakeAlongDim(Classes.Unsqueeze(1), 1), S),
        ["take"] = new(x => x[0].Take(Tensor.From(new long[] { -1, 2, 2 })), S),
        ["masked_fill"] = new(x => x[0].MaskedFill(Mask, x[1]), S, []),
        ["tril"] = new(x => x[0].Tril(-1), [2, 3, 3]),
        ["triu"] = new(x => x[0].Triu(1), S),
        ["diagonal"] = new(x => x[0].Diagonal(1, 2, 0), [3, 2, 4]),
        ["diagonal not dense"] = new(x => x[0].T[1..].Diagonal(-1), [4, 5]),
        ["diag_embed"] = new(x => x[0].DiagEmbed(-1, 0, 2), [2, 3]),
        ["trace"] = new(x => x[0].Trace(), [3, 4]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_AgreesWithDifferences(string name)
    {
        var c = Cases[name];
        var result = Autograd.GradCheck(x => [c.Function(x)], c.Inputs());
        Assert.True(result.Passed, result.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SecondGradient_AgreesWithDifferences(string name)
    {
        var c = Cases[name];
        var result = Autograd.GradGradCheck(x => [c.Function(x)], c.Inputs());
        Assert.True(result.Passed, result.ToString());
    }
}
