namespace Nabla;

/// <summary>Rows of a table by their numbers. Parameter: <c>weight</c> [rows, features]. PyTorch: <c>torch.nn.Embedding</c>.</summary>
public sealed class Embedding : Module
{
    private readonly long? _paddingIdx;

    /// <summary>Creates the layer; the table starts normal, its padding row as zeros.</summary>
    /// <param name="numEmbeddings">How many rows.</param>
    /// <param name="embeddingDim">How many features.</param>
    /// <param name="paddingIdx">A row that gets no gradient.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <param name="generator">Where the numbers come from; by default the scope's.</param>
    public Embedding(long numEmbeddings, long embeddingDim, long? paddingIdx = null, DType dtype = DType.Float32, Device? device = null, Generator? generator = null)
    {
        _paddingIdx = paddingIdx;
        var table = Tensor.Randn([numEmbeddings, embeddingDim], dtype, device, generator);
        if (paddingIdx is { } row)
            table[row].Fill_(0);
        Weight = AddParameter(table, "weight");
    }

    /// <summary>The table.</summary>
    public Tensor Weight { get; }

    /// <summary>The rows that whole numbers name: of any shape, to which the features are added.</summary>
    public override Tensor Forward(Tensor input) => Functional.Embedding(input, Weight, _paddingIdx);
}
