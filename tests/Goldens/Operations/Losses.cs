namespace Nabla.Goldens;

internal sealed partial class OperationTable
{
    private void AddLosses()
    {
        void Pair(string name, Func<Args, Tensor, Tensor, Reduction, Tensor> f) => One(name, a => f(a, a.Input, a.Tensor("target"), ReductionOf(a)));

        Pair("binary_cross_entropy", (a, x, y, r) => Functional.BinaryCrossEntropy(x, y, a.TensorOrNull("weight"), r));
        Pair("binary_cross_entropy_with_logits", (a, x, y, r) => Functional.BinaryCrossEntropyWithLogits(x, y, a.TensorOrNull("weight"), a.TensorOrNull("pos_weight"), r));
        Pair("cross_entropy", (a, x, y, r) => Functional.CrossEntropy(x, y, a.TensorOrNull("weight"), a.Long("ignore_index", -100), r, a.Double("label_smoothing", 0)));
        Pair("gaussian_nll_loss", (a, x, y, r) => Functional.GaussianNllLoss(x, y, a.Tensor("var"), a.Bool("full", false), a.Double("eps", 1e-6), r));
        Pair("hinge_embedding_loss", (a, x, y, r) => Functional.HingeEmbeddingLoss(x, y, a.Double("margin", 1), r));
        Pair("huber_loss", (a, x, y, r) => Functional.HuberLoss(x, y, r, a.Double("delta", 1)));
        Pair("kl_div", (a, x, y, r) => Functional.KlDiv(x, y, r, a.Bool("log_target", false)));
        Pair("l1_loss", (_, x, y, r) => Functional.L1Loss(x, y, r));
        Pair("mse_loss", (_, x, y, r) => Functional.MseLoss(x, y, r));
        Pair("multi_margin_loss", (a, x, y, r) => Functional.MultiMarginLoss(x, y, a.Int("p", 1), a.Double("margin", 1), a.TensorOrNull("weight"), r));
        Pair("multilabel_soft_margin_loss", (a, x, y, r) => Functional.MultilabelSoftMarginLoss(x, y, a.TensorOrNull("weight"), r));
        Pair("nll_loss", (a, x, y, r) => Functional.NllLoss(x, y, a.TensorOrNull("weight"), a.Long("ignore_index", -100), r));
        Pair("poisson_nll_loss", (a, x, y, r) => Functional.PoissonNllLoss(x, y, a.Bool("log_input", true), a.Bool("full", false), a.Double("eps", 1e-8), r));
        Pair("smooth_l1_loss", (a, x, y, r) => Functional.SmoothL1Loss(x, y, r, a.Double("beta", 1)));
        Pair("soft_margin_loss", (_, x, y, r) => Functional.SoftMarginLoss(x, y, r));

        One("cosine_embedding_loss", a => Functional.CosineEmbeddingLoss(a.Tensor("input1"), a.Tensor("input2"), a.Tensor("target"), a.Double("margin", 0), ReductionOf(a)));
        One("cosine_similarity", a => Functional.CosineSimilarity(a.Tensor("x1"), a.Tensor("x2"), a.Int("dim", 1), a.Double("eps", 1e-8)));
        One("margin_ranking_loss", a => Functional.MarginRankingLoss(a.Tensor("input1"), a.Tensor("input2"), a.Tensor("target"), a.Double("margin", 0), ReductionOf(a)));
        One("pairwise_distance", a => Functional.PairwiseDistance(a.Tensor("x1"), a.Tensor("x2"), a.Double("p", 2), a.Double("eps", 1e-6), a.Bool("keepdim", false)));
        One("triplet_margin_loss", a => Functional.TripletMarginLoss(
            a.Tensor("anchor"), a.Tensor("positive"), a.Tensor("negative"), a.Double("margin", 1), a.Double("p", 2), a.Double("eps", 1e-6), a.Bool("swap", false), ReductionOf(a)));
    }

    private static Reduction ReductionOf(Args args) => args.String("reduction", "mean") switch
    {
        "mean" => Reduction.Mean,
        "sum" => Reduction.Sum,
        "none" => Reduction.None,
        "batchmean" => Reduction.BatchMean,
        var other => throw new InvalidDataException($"'{other}' is no reduction."),
    };
}
