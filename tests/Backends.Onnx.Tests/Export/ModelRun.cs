using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla.Tests;

/// <summary>A model in ONNX Runtime: values by name in, values by name out.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OnnxModel? _model;
    private readonly Dictionary<string, byte[]> _state = [];

    public ModelRun(OnnxModel model)
        : this(new InferenceSession(model.ToArray(), Options()))
    {
        _model = model;
        foreach (var state in model.State)
            _state[state.InputName] = state.Initial.ToArray();
    }

    private ModelRun(InferenceSession session) => _session = session;

    /// <summary>A model in a file.</summary>
    public static ModelRun Open(string path) => new(new InferenceSession(path, Options()));

    /// <summary>What the state holds now.</summary>
    public T[] State<T>(string name) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_state[name]).ToArray();

    /// <summary>Runs; state that comes out goes into the next run.</summary>
    public Dictionary<string, float[]> Run(params (string Name, Tensor Value)[] inputs)
    {
        var feeds = new Dictionary<string, OrtValue>();
        try
        {
            foreach (var (name, value) in inputs)
                feeds[name] = Feed(value.DType, value.Shape.ToArray(), Bytes(value));
            foreach (var state in _model?.State ?? [])
                feeds[state.InputName] = Feed(state.DType, state.Shape.ToArray(), _state[state.InputName]);
            using var options = new RunOptions();
            using var outputs = _session.Run(options, feeds, _session.OutputNames);
            var results = new Dictionary<string, float[]>();
            for (int i = 0; i < outputs.Count; i++)
            {
                string name = _session.OutputNames[i];
                var bytes = outputs[i].GetTensorMutableRawData();
                if (_model?.State.FirstOrDefault(s => s.OutputName == name) is { } state)
                    _state[state.InputName] = bytes.ToArray();
                if (outputs[i].GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
                    results[name] = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            }

            return results;
        }
        finally
        {
            foreach (var feed in feeds.Values)
                feed.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private static byte[] Bytes(Tensor value) => value.DType switch
    {
        DType.Float32 => MemoryMarshal.AsBytes(value.ToArray<float>().AsSpan()).ToArray(),
        DType.Int64 => MemoryMarshal.AsBytes(value.ToArray<long>().AsSpan()).ToArray(),
        var other => throw new ArgumentException($"The tests feed no {other}."),
    };

    private static OrtValue Feed(DType dtype, long[] shape, byte[] bytes)
    {
        var type = dtype == DType.Float32 ? TensorElementType.Float : TensorElementType.Int64;
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        bytes.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static SessionOptions Options()
    {
        OnnxRuntimeLibrary.EnsureCreated(new OnnxOptions());
        return OnnxDevice.CreateSessionOptions(OnnxProvider.Parse("onnx:cpu"), new OnnxOptions());
    }

    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance = 1e-5f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}: {actual[i]} is not {expected[i]}");
    }
}
