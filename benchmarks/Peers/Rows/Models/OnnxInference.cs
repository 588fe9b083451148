using Microsoft.ML.OnnxRuntime;

namespace Nabla.Peers;

/// <summary>ONNX Runtime runs the model as Nabla exports it, from operators of its own choice, with all of its optimizations (the default) and buffers bound once.</summary>
internal sealed class OnnxInference(Inference model, Engine engine) : Side
{
    private readonly RunOptions _run = new();
    private InferenceSession? _session;
    private OrtIoBinding? _binding;
    private OrtValue? _input, _output;

    public override void Prepare(ulong seed)
    {
        Release();
        var forward = model.Model(new Source(seed), engine.Device);
        float[] values = model.Input(new Source(seed + 1));
        var example = HostArrays.ToOurs(values, model.InputShape, engine.Device);
        var exported = OnnxExporter.Trace<Tensor>(forward, example);
        using var options = new SessionOptions { IntraOpNumThreads = engine.Threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(exported.ToArray(), options);
        _input = OrtValue.CreateTensorValueFromMemory(values, model.InputShape);
        long[] shape = [.. _session.OutputMetadata.Values.Single().Dimensions.Select(d => (long)d)];
        _output = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (a, b) => a * b)], shape);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(_session.InputNames.Single(), _input);
        _binding.BindOutput(_session.OutputNames.Single(), _output);
    }

    public override void Run() => _session!.RunWithBinding(_run, _binding!);

    public override double[] Values()
    {
        Run();
        return [.. _output!.GetTensorDataAsSpan<float>().ToArray().Select(v => (double)v)];
    }

    public override void Dispose()
    {
        Release();
        _run.Dispose();
    }

    private void Release()
    {
        _binding?.Dispose();
        _session?.Dispose();
        _input?.Dispose();
        _output?.Dispose();
    }
}
