using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Arrays of the host as tensors of either engine, and back.</summary>
internal static class HostArrays
{
    public static Tensor ToOurs(Array values, long[] shape, Device device) => values switch
    {
        float[] v => Tensor.From<float>(v, shape, device: device),
        double[] v => Tensor.From<double>(v, shape, device: device),
        long[] v => Tensor.From<long>(v, shape, device: device),
        bool[] v => Tensor.From<bool>(v, shape, device: device),
        _ => throw new ArgumentException($"no tensors of {values.GetType()}.", nameof(values)),
    };

    public static Torch.Tensor ToPeer(Array values, long[] shape) => values switch
    {
        float[] v => Torch.tensor(v, shape),
        double[] v => Torch.tensor(v, shape),
        long[] v => Torch.tensor(v, shape),
        bool[] v => Torch.tensor(v, shape),
        _ => throw new ArgumentException($"no tensors of {values.GetType()}.", nameof(values)),
    };

    public static double[] ToHost(Tensor tensor) => tensor.To(DType.Float64).ToArray<double>();

    public static double[] ToHost(Torch.Tensor tensor)
    {
        if (tensor.numel() == 0)
            return []; // which TorchSharp's accessor does not know
        using var whole = Torch.zeros([tensor.numel()], Torch.float64);
        using var flat = tensor.detach().reshape(-1);
        whole.copy_(flat); // also of gradients that libtorch knows to be zero, which have no memory
        return whole.data<double>().ToArray();
    }
}
