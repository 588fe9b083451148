using System.Globalization;
using Google.Protobuf;

namespace Nabla;

/// <summary>An exported model: a copy of the weights and the graph, independent of the tensors that it was traced from.</summary>
public sealed class OnnxModel
{
    /// <summary>What is added to the name of the model's file to name the file with its weights.</summary>
    public const string ExternalDataSuffix = ".data";

    /// <summary>Weights start at multiples of this, so that a runtime may map the file into memory.</summary>
    private const int ExternalDataAlignment = 4096;

    /// <summary>Smaller weights stay in the model's own file.</summary>
    private const int SmallestExternalWeight = 1024;

    private readonly ModelProto _model;
    private readonly IReadOnlyList<Weight> _weights;
    private readonly long _threshold;

    internal OnnxModel(ModelProto model, IReadOnlyList<Weight> weights, long threshold)
    {
        (_model, _weights, _threshold) = (model, weights, threshold);
        Inputs = [.. model.Graph.Input.Select(Describe)];
        Outputs = [.. model.Graph.Output.Select(Describe)];
    }

    /// <summary>All inputs: those of the function first, then the state's.</summary>
    public IReadOnlyList<ModelValue> Inputs { get; }

    /// <summary>All outputs: those of the function first, then the state's.</summary>
    public IReadOnlyList<ModelValue> Outputs { get; }

    /// <summary>
    /// What the function writes and did not create, and the random numbers it draws: inputs and outputs of the model. Empty for most
    /// forward passes.
    /// </summary>
    public IReadOnlyList<ModelState> State { get; internal init; } = [];

    /// <summary>The names of the weights inside the model.</summary>
    public IReadOnlyList<string> Weights => [.. _weights.Select(w => w.Name)];

    /// <summary>Whether the model was run in ONNX Runtime and gave what the engine gives.</summary>
    public bool IsVerified { get; internal set; }

    /// <summary>Whether the weights go into a file of their own: beyond 2 GB the model's file cannot hold them.</summary>
    public bool NeedsExternalData => _model.CalculateSize() + _weights.Sum(w => w.Data.Length) > _threshold;

    internal GraphProto Graph => _model.Graph;

    /// <summary>Writes the model; where it needs more than 2 GB, the weights into <c>{path}.data</c> beside it. Existing files are replaced.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!NeedsExternalData)
        {
            using var whole = File.Create(path);
            Save(whole);
            return;
        }

        var model = _model.Clone();
        string file = Path.GetFileName(path) + ExternalDataSuffix;
        using (var data = File.Create(path + ExternalDataSuffix))
            foreach (var weight in _weights)
                model.Graph.Initializer.Add(weight.Data.Length < SmallestExternalWeight ? weight.Embed() : Append(data, file, weight));
        using var stream = File.Create(path);
        model.WriteTo(stream);
    }

    /// <summary>Writes the model.</summary>
    /// <exception cref="TensorFileException">It needs a second file: see <see cref="NeedsExternalData"/>.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Whole().WriteTo(stream);
    }

    /// <summary>The model as the bytes of a file.</summary>
    /// <exception cref="TensorFileException">It needs a second file: see <see cref="NeedsExternalData"/>.</exception>
    public byte[] ToArray() => Whole().ToByteArray();

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_model.Graph.Name}: ({string.Join(", ", Inputs)}) -> ({string.Join(", ", Outputs)}), {_model.Graph.Node.Count} nodes, {_weights.Count} weights, opset {_model.OpsetImport[0].Version}";

    private ModelProto Whole()
    {
        if (NeedsExternalData)
            throw new TensorFileException("export", $"the weights take {_weights.Sum(w => w.Data.Length)} bytes, more than one file of the format holds; use Save(path), which writes a second file.");
        var model = _model.Clone();
        foreach (var weight in _weights)
            model.Graph.Initializer.Add(weight.Embed());
        return model;
    }

    private static TensorProto Append(FileStream data, string file, Weight weight)
    {
        data.Position = (data.Position + ExternalDataAlignment - 1) / ExternalDataAlignment * ExternalDataAlignment;
        var tensor = weight.Describe();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        void Entry(string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        Entry("location", file);
        Entry("offset", data.Position.ToString(CultureInfo.InvariantCulture));
        Entry("length", weight.Data.Length.ToString(CultureInfo.InvariantCulture));
        weight.Data.WriteTo(data);
        return tensor;
    }

    private static ModelValue Describe(ValueInfoProto value)
    {
        var type = (TensorProto.Types.DataType)value.Type.TensorType.ElemType;
        var dims = value.Type.TensorType.Shape.Dim.Select(d => d.HasDimParam ? d.DimParam : d.DimValue.ToString(CultureInfo.InvariantCulture));
        return new(value.Name, DTypes.All.First(d => d.Onnx() == type), [.. dims]);
    }
}
