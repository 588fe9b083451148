namespace Nabla;

/// <summary>Rows of a table by their numbers. Parameter: <c>weight</c> [rows, features]. PyTorch: <c>torch.nn.Embedding</c>.</summary>
public sealed class Embedding : Module
{
    private readonly long? _paddingIdx;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;

    /// <summary>Creates the layer; the table starts normal, its padding row as zeros.</summary>
    /// <param name="numEmbeddings">How many rows.</param>
    /// <param name="embeddingDim">How many features.</param>
    /// <param name="paddingIdx">A row that gets no gradient; negative counts from the end.</param>
    /// <param name="maxNorm">Rows that are looked up are scaled down to it first, in the table, where they are longer; null for any length.</param>
    /// <param name="normType">Which norm that is: see <see cref="Tensor.Norm(double)"/>.</param>
    /// <param name="scaleGradByFreq">Whether a row's gradient is divided by how often the row occurs in the input.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <param name="generator">Where the numbers come from; by default the scope's.</param>
    /// <exception cref="TensorIndexException">The padding row is none of the table's.</exception>
    /// <exception cref="TensorArgumentException">The largest norm is negative or no number.</exception>
    public Embedding(
        long numEmbeddings, long embeddingDim, long? paddingIdx = null, double? maxNorm = null, double normType = 2, bool scaleGradByFreq = false, DType dtype = DType.Float32, Device? device = null, Generator? generator = null)
    {
        if (paddingIdx < -numEmbeddings || paddingIdx >= numEmbeddings)
            throw new TensorIndexException("Embedding", $"the padding index {paddingIdx} is out of range for {numEmbeddings} rows.");
        if (maxNorm is { } most && !(most >= 0))
            throw new TensorArgumentException("Embedding", $"the largest norm {most} is not at least 0.");
        (_paddingIdx, _maxNorm, _normType, _scaleGradByFreq) = (paddingIdx, maxNorm, normType, scaleGradByFreq);
        var table = Tensor.Randn([numEmbeddings, embeddingDim], dtype, device, generator);
        if (paddingIdx is { } row)
        {
            using var view = table[row];
            view.Fill_(0);
        }

        Weight = AddParameter(table, "weight");
    }

    /// <summary>The table.</summary>
    public Tensor Weight { get; }

    /// <summary>The rows that whole numbers name: of any shape, to which the features are added.</summary>
    /// <exception cref="DTypeException">The input holds no integers.</exception>
    /// <exception cref="TensorIndexException">A number is none of a row.</exception>
    public override Tensor Forward(Tensor input) => Functional.Embedding(input, Weight, _paddingIdx, _maxNorm, _normType, _scaleGradByFreq);
}
