using F = Nabla.Functional;

namespace Nabla.Tests.Graph;

/// <summary>Calls of the functions that are made of several operations, by name; those of <see cref="Functional"/> are all here.</summary>
internal static partial class TemporaryCases
{
    private static readonly Dictionary<string, Func<TemporaryInputs, Tensor[]>> Cases =
        Activations().Concat(Losses()).Concat(Normalizations()).Concat(Products()).Concat(Elementwise()).Concat(Reductions()).Concat(Shapes()).Concat(Joined()).Concat(Written())
            .ToDictionary(c => c.Name, c => c.Call);

    public static IEnumerable<string> Names => Cases.Keys;

    public static Tensor[] Call(string name, TemporaryInputs inputs) => Cases[name](inputs);

    private static IEnumerable<(string Name, Func<TemporaryInputs, Tensor[]> Call)> Activations() =>
    [
        (nameof(F.Celu), t => [F.Celu(t.X, 0.7)]),
        (nameof(F.Dropout), t => [F.Dropout(t.X, 0.3)]),
        (nameof(F.Elu), t => [F.Elu(t.X, 0.7)]),
        (nameof(F.Gelu), t => [F.Gelu(t.X)]),
        (nameof(F.Glu), t => [F.Glu(t.X)]),
        (nameof(F.Hardshrink), t => [F.Hardshrink(t.X)]),
        (nameof(F.Hardsigmoid), t => [F.Hardsigmoid(t.X)]),
        (nameof(F.Hardswish), t => [F.Hardswish(t.X)]),
        (nameof(F.Hardtanh), t => [F.Hardtanh(t.X, 0.2, 0.8)]),
        (nameof(F.LeakyRelu), t => [F.LeakyRelu(t.X)]),
        (nameof(F.LogSigmoid), t => [F.LogSigmoid(t.X)]),
        (nameof(F.LogSoftmax), t => [F.LogSoftmax(t.X, 1, DType.Float64)]),
        (nameof(F.Mish), t => [F.Mish(t.X)]),
        (nameof(F.PRelu), t => [F.PRelu(t.X, t.Row)]),
        ("PRelu of one weight", t => [F.PRelu(t.X, t.Number)]),
        (nameof(F.Relu), t => [F.Relu(t.X)]),
        (nameof(F.Relu6), t => [F.Relu6(t.X)]),
        (nameof(F.Selu), t => [F.Selu(t.X)]),
        (nameof(F.Sigmoid), t => [F.Sigmoid(t.X)]),
        (nameof(F.Silu), t => [F.Silu(t.X)]),
        (nameof(F.Softmax), t => [F.Softmax(t.X, 1)]),
        ("Softmax of a number", t => [F.Softmax(t.Number, 0, DType.Float64)]),
        (nameof(F.Softmin), t => [F.Softmin(t.X, 1, DType.Float64)]),
        (nameof(F.Softplus), t => [F.Softplus(t.X)]),
        (nameof(F.Softshrink), t => [F.Softshrink(t.X)]),
        ("Softshrink of half", t => [F.Softshrink(t.Half)]),
        (nameof(F.Softsign), t => [F.Softsign(t.X)]),
        (nameof(F.Tanh), t => [F.Tanh(t.X)]),
        (nameof(F.Tanhshrink), t => [F.Tanhshrink(t.X)]),
        (nameof(F.Threshold), t => [F.Threshold(t.X, 0.5, 0.1)]),
    ];

    private static IEnumerable<(string Name, Func<TemporaryInputs, Tensor[]> Call)> Losses() =>
    [
        (nameof(F.BinaryCrossEntropy), t => [F.BinaryCrossEntropy(t.X, t.Z, t.Row)]),
        (nameof(F.BinaryCrossEntropyWithLogits), t => [F.BinaryCrossEntropyWithLogits(t.X, t.Z, t.Row, t.Row)]),
        (nameof(F.CosineEmbeddingLoss), t => [F.CosineEmbeddingLoss(t.X, t.Y, t.Signs)]),
        (nameof(F.CrossEntropy), t => [F.CrossEntropy(t.X, t.Classes)]),
        ("CrossEntropy with weights", t => [F.CrossEntropy(t.X, t.Classes, t.Variance, ignoreIndex: 1, labelSmoothing: 0.1)]),
        ("CrossEntropy of probabilities", t => [F.CrossEntropy(t.X, t.Z, t.Variance, labelSmoothing: 0.1)]),
        ("CrossEntropy of half", t => [F.CrossEntropy(t.Half, t.Classes, reduction: Reduction.None)]),
        ("CrossEntropy of a volume", t => [F.CrossEntropy(t.Volume, t.Indices)]),
        (nameof(F.GaussianNllLoss), t => [F.GaussianNllLoss(t.X, t.Z, t.Y, full: true)]),
        (nameof(F.HingeEmbeddingLoss), t => [F.HingeEmbeddingLoss(t.X, t.Z)]),
        (nameof(F.HuberLoss), t => [F.HuberLoss(t.X, t.Z, delta: 0.2)]),
        (nameof(F.KlDiv), t => [F.KlDiv(t.X, t.Z, Reduction.BatchMean)]),
        ("KlDiv of logarithms", t => [F.KlDiv(t.X, t.Z, logTarget: true)]),
        (nameof(F.L1Loss), t => [F.L1Loss(t.X, t.Z)]),
        (nameof(F.MarginRankingLoss), t => [F.MarginRankingLoss(t.X, t.Y, t.Z)]),
        (nameof(F.MseLoss), t => [F.MseLoss(t.X, t.Z)]),
        (nameof(F.MultiMarginLoss), t => [F.MultiMarginLoss(t.X, t.Classes, p: 2, weight: t.Variance)]),
        (nameof(F.MultilabelSoftMarginLoss), t => [F.MultilabelSoftMarginLoss(t.X, t.Z, t.Variance)]),
        (nameof(F.NllLoss), t => [F.NllLoss(t.X, t.Classes, t.Variance, ignoreIndex: 1)]),
        ("NllLoss of half", t => [F.NllLoss(t.Half, t.Classes)]),
        (nameof(F.PoissonNllLoss), t => [F.PoissonNllLoss(t.X, t.Z, full: true)]),
        (nameof(F.SmoothL1Loss), t => [F.SmoothL1Loss(t.X, t.Z, beta: 0.2)]),
        (nameof(F.SoftMarginLoss), t => [F.SoftMarginLoss(t.X, t.Z)]),
        (nameof(F.TripletMarginLoss), t => [F.TripletMarginLoss(t.X, t.Y, t.Z, swap: true)]),
    ];

    private static IEnumerable<(string Name, Func<TemporaryInputs, Tensor[]> Call)> Normalizations() =>
    [
        (nameof(F.BatchNorm), t => [F.BatchNorm(t.X, t.Mean, t.Variance, t.Row, t.Row, training: true)]),
        ("BatchNorm in evaluation", t => [F.BatchNorm(t.X, t.Mean, t.Variance, t.Row, t.Row)]),
        (nameof(F.CDist), t => [F.CDist(t.X, t.Y)]),
        (nameof(F.CosineSimilarity), t => [F.CosineSimilarity(t.X, t.Y)]),
        (nameof(F.Embedding), t => [F.Embedding(t.Indices, t.X, paddingIdx: 0)]),
        ("Embedding of short numbers", t => [F.Embedding(t.ShortClasses, t.X)]),
        ("Embedding with a norm", t => [F.Embedding(t.Indices, t.Target, maxNorm: 0.1)]),
        (nameof(F.GroupNorm), t => [F.GroupNorm(t.X, 2, t.Row, t.Row)]),
        ("GroupNorm without weights", t => [F.GroupNorm(t.X, 2)]),
        (nameof(F.InstanceNorm), t => [F.InstanceNorm(t.Volume, t.Mean, t.Variance, t.Row, t.Row)]),
        (nameof(F.LayerNorm), t => [F.LayerNorm(t.X, [6], t.Row)]),
        ("LayerNorm with both", t => [F.LayerNorm(t.X, [6], t.Row, t.Row)]),
        (nameof(F.LocalResponseNorm), t => [F.LocalResponseNorm(t.Volume, 3)]),
        (nameof(F.Normalize), t => [F.Normalize(t.X)]),
        (nameof(F.OneHot), t => [F.OneHot(t.Classes)]),
        (nameof(F.PairwiseDistance), t => [F.PairwiseDistance(t.X, t.Y)]),
        (nameof(F.RmsNorm), t => [F.RmsNorm(t.X, [6], t.Row)]),
        ("RmsNorm of half", t => [F.RmsNorm(t.Half, [6], t.Row)]),
    ];

    private static IEnumerable<(string Name, Func<TemporaryInputs, Tensor[]> Call)> Products() =>
    [
        (nameof(F.Bilinear), t => [F.Bilinear(t.X, t.Y, t.Cube, t.Row)]),
        (nameof(F.Linear), t => [F.Linear(t.X, t.Y)]),
        ("Linear of a vector", t => [F.Linear(t.Row, t.X, t.Four, Activation.Gelu)]),
        ("Linear with a vector", t => [F.Linear(t.X, t.Row, t.Number, Activation.Relu)]),
        ("Linear with a bias of its own shape", t => [F.Linear(t.X, t.Y, t.Square)]),
        (nameof(F.ScaledDotProductAttention), t => [F.ScaledDotProductAttention(t.X, t.Y, t.Z)]),
        ("ScaledDotProductAttention in parts", t => [F.ScaledDotProductAttention(t.X, t.Y, t.Z, dropoutP: 0.1, isCausal: true)]),
        ("ScaledDotProductAttention with a mask", t => [F.ScaledDotProductAttention(t.X, t.Y, t.Z, t.Square)]),
        (nameof(Tensor.Addmm), t => [t.Square.Addmm(t.X, t.Wide, beta: 0.5, alpha: 2)]),
        (nameof(Tensor.Addmv), t => [t.Four.Addmv(t.X, t.Row)]),
        (nameof(Tensor.Addr), t => [t.X.Addr(t.Signs, t.Row)]),
        (nameof(Tensor.Baddbmm), t => [t.Cube.Baddbmm(t.Cube, t.Cube)]),
        (nameof(Tensor.Dot), t => [t.Row.Dot(t.Row)]),
        (nameof(Tensor.Einsum), t => [Tensor.Einsum("ij,kj->ik", t.X, t.Y)]),
        ("Einsum of a sum", t => [Tensor.Einsum("ij->j", t.X)]),
        ("Einsum of a diagonal", t => [Tensor.Einsum("ii->i", t.Square)]),
        ("Einsum of three", t => [Tensor.Einsum("ij,kj,j->k", t.X, t.Y, t.Row)]),
        (nameof(Tensor.Inner), t => [t.X.Inner(t.Y)]),
        (nameof(Tensor.Kron), t => [t.X.Kron(t.Y)]),
        (nameof(Tensor.MultiDot), t => [Tensor.MultiDot(t.Four, t.X, t.Wide, t.Four)]),
        (nameof(Tensor.Mv), t => [t.X.Mv(t.Row)]),
        (nameof(Tensor.Outer), t => [t.Row.Outer(t.Row)]),
        (nameof(Tensor.Tensordot), t => [t.X.Tensordot(t.Y)]),
        (nameof(Linalg.Cross), t => [Linalg.Cross(t.Space, t.Space)]),
        (nameof(Linalg.VectorNorm), t => [Linalg.VectorNorm(t.X, 3, [1], dtype: DType.Float64)]),
        (nameof(Linalg.Vander), t => [Linalg.Vander(t.Half)]),
    ];
}
