using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nabla;

/// <summary>Runs a model in ONNX Runtime and compares what it gives with what the engine gave in a run.</summary>
internal static class Verification
{
    /// <summary>Whether ONNX Runtime is there.</summary>
    public static bool IsPossible()
    {
        try
        {
            OnnxRuntimeLibrary.EnsureCreated(new OnnxOptions());
            return true;
        }
        catch (DeviceUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Compares results and state.</summary>
    /// <exception cref="TracingException">The model does not load or run, or a value differs by more than the tolerance.</exception>
    public static void Run(OnnxModel model, Trace run, IEnumerable<ModelState> state, IEnumerable<HostCopy> after, double? tolerance)
    {
        ReadOnlyMemory<byte>[] feeds = [.. run.InputData.Select(d => (ReadOnlyMemory<byte>)d.ToArray()), .. state.Select(s => s.Initial)];
        HostCopy[] expected = [.. run.ResultData, .. after];
        try
        {
            using var session = Open(model);
            var inputs = new List<OrtValue>();
            try
            {
                for (int i = 0; i < feeds.Length; i++)
                    inputs.Add(Feed(model.Inputs[i], i < run.Inputs.Length ? run.Inputs[i].Spec.Shape : Static(model.Inputs[i]), feeds[i].Span));
                using var options = new RunOptions();
                using var outputs = session.Run(options, [.. model.Inputs.Select(i => i.Name)], inputs, [.. model.Outputs.Take(expected.Length).Select(o => o.Name)]);
                for (int i = 0; i < expected.Length; i++)
                    Compare(model.Outputs[i], outputs[i], expected[i].ToArray(), i < run.Results.Length ? run.Results[i].Spec.Shape : null, tolerance);
            }
            finally
            {
                foreach (var input in inputs)
                    input.Dispose();
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new TracingException("export", $"ONNX Runtime {OnnxRuntimeLibrary.Version} does not run the model: {e.Message}", e);
        }
    }

    private static InferenceSession Open(OnnxModel model)
    {
        using var options = OnnxDevice.CreateSessionOptions(OnnxProvider.Parse("onnx:cpu"), new OnnxOptions());
        if (!model.NeedsExternalData)
            return new InferenceSession(model.ToArray(), options);
        var folder = Directory.CreateTempSubdirectory("nabla-export");
        try
        {
            string path = Path.Combine(folder.FullName, "model.onnx");
            model.Save(path);
            return new InferenceSession(path, options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Shape Static(ModelValue value) => [.. value.Dimensions.Select(d => long.Parse(d, CultureInfo.InvariantCulture))];

    private static OrtValue Feed(ModelValue input, Shape shape, ReadOnlySpan<byte> bytes)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)(int)input.DType.Onnx(), shape.ToArray());
        bytes.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static void Compare(ModelValue output, OrtValue actual, byte[] expected, Shape? shape, double? tolerance)
    {
        var info = actual.GetTensorTypeAndShape();
        if (shape is not null && !shape.AsSpan().SequenceEqual(info.Shape))
            throw new TracingException("export", $"output '{output.Name}' has the shape [{string.Join(", ", info.Shape)}] in ONNX Runtime, and {shape} here; report this as a defect of the exporter, with the function.");
        var bytes = actual.GetTensorMutableRawData();
        double allowed = !output.DType.IsFloatingPoint() ? 0 : tolerance ?? output.DType switch { DType.Float64 => 1e-6, DType.Float32 => 1e-3, _ => 2e-2 };
        int size = output.DType.Size();
        double largest = 0, magnitude = 1;
        for (int i = 0; i < expected.Length; i += size)
        {
            double e = Read(output.DType, expected.AsSpan(i)), a = Read(output.DType, bytes[i..]);
            if (double.IsFinite(e))
                magnitude = Math.Max(magnitude, Math.Abs(e));
            if (!e.Equals(a))
                largest = Math.Max(largest, double.IsFinite(e) && double.IsFinite(a) ? Math.Abs(e - a) : double.PositiveInfinity);
        }

        if (largest > allowed * magnitude)
            throw new TracingException(
                "export", string.Create(CultureInfo.InvariantCulture, $"output '{output.Name}' differs from the engine's by up to {largest:g3} (magnitude {magnitude:g3}, tolerance {allowed:g3}) when ONNX Runtime {OnnxRuntimeLibrary.Version} runs the model; raise Tolerance if that is acceptable, or set Verify to false."));
    }

    private static double Read(DType dtype, ReadOnlySpan<byte> bytes) => dtype switch
    {
        DType.Bool or DType.UInt8 => bytes[0],
        DType.Int8 => (sbyte)bytes[0],
        DType.Int16 => MemoryMarshal.Read<short>(bytes),
        DType.Int32 => MemoryMarshal.Read<int>(bytes),
        DType.Int64 => MemoryMarshal.Read<long>(bytes),
        DType.Float16 => (double)MemoryMarshal.Read<Half>(bytes),
        DType.BFloat16 => (double)(float)MemoryMarshal.Read<BFloat16>(bytes),
        DType.Float32 => MemoryMarshal.Read<float>(bytes),
        _ => MemoryMarshal.Read<double>(bytes),
    };
}
