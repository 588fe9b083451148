using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Nabla;

/// <summary>Which of ONNX Runtime's execution providers a device uses.</summary>
/// <param name="Id">The device's name.</param>
/// <param name="Cuda">The number of the CUDA device, or null for the CPU.</param>
internal sealed record OnnxProvider(DeviceId Id, int? Cuda)
{
    public const string CudaName = "CUDAExecutionProvider";

    /// <summary>Each session with CUDA has handles of cuBLAS and cuDNN and an arena of its own: some 180 MB of the GPU's memory, and what its graph needs.</summary>
    private const int MostCudaSessions = 16;

    public static OnnxProvider Parse(DeviceId id)
    {
        var parts = id.Text.Split(':');
        return parts switch
        {
            ["onnx"] or ["onnx", "cpu"] => new("onnx:cpu", null),
            ["onnx", "cuda"] => new("onnx:cuda:0", 0),
            ["onnx", "cuda", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) => new(id, index),
            _ => throw new UnknownDeviceException("Nabla:Device", $"ONNX Runtime has no device '{id}'; there are: onnx:cpu, onnx:cuda:0."),
        };
    }

    /// <summary>Adds the provider to a session's options. The CPU provider is always there.</summary>
    public void Append(SessionOptions options)
    {
        if (Cuda is not { } device)
            return;
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = device.ToString(CultureInfo.InvariantCulture),
            ["use_tf32"] = "0", // float32 means float32: TensorFloat-32 keeps ten bits of a product's factors
        });
        options.AppendExecutionProvider_CUDA(cuda);
    }

    /// <summary>Sessions that are kept at most.</summary>
    public int MostSessions(OnnxOptions options) => options.MaxSessions > 0 ? options.MaxSessions : Cuda is null ? int.MaxValue : MostCudaSessions;

    /// <summary>Refuses, with the package to add, a provider that the native library lacks: the CPU never takes over in silence.</summary>
    public void RequireAvailable()
    {
        if (Cuda is null || OnnxRuntimeLibrary.Has(CudaName))
            return;
        throw new DeviceUnavailableException(
            Id.Text,
            $"the native ONNX Runtime has no CUDA provider (it has: {string.Join(", ", OnnxRuntimeLibrary.Providers)}); reference the package Microsoft.ML.OnnxRuntime.Gpu 1.31 or newer in place of Microsoft.ML.OnnxRuntime, or use the device onnx:cpu.");
    }
}
