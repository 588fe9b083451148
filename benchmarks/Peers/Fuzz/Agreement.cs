using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Whether two tensors are the same up to rounding.</summary>
internal static class Agreement
{
    /// <param name="ours">Nabla's.</param>
    /// <param name="peers">The peer's.</param>
    /// <param name="slack">By how much the tolerance of the element type is multiplied.</param>
    /// <param name="least">The least tolerance before that.</param>
    /// <returns>What differs; null if nothing does.</returns>
    public static string? Difference(Tensor ours, Torch.Tensor peers, double slack, double least = 0)
    {
        if (Operand.PeerType(ours.DType) != peers.dtype)
            return $"element type: ours {ours.DType.Name()}, the peer's {peers.dtype}";
        if (!ours.Shape.AsSpan().SequenceEqual(peers.shape))
            return $"shape: ours {ours.Shape}, the peer's [{string.Join(", ", peers.shape)}]";
        double[] mine = HostArrays.ToHost(ours), other = HostArrays.ToHost(peers);
        double relative = slack * Math.Max(least, Relative(ours.DType)), largest = 0, limit = ours.DType == DType.Float16 ? 60000 : double.MaxValue;
        foreach (double value in other)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        for (int i = 0; i < mine.Length; i++)
        {
            var (a, b) = (mine[i], other[i]);
            bool equal = a == b || (double.IsNaN(a) && double.IsNaN(b))
                || Math.Abs(a - b) <= (relative * (1 + Math.Abs(b))) + (relative * 0.3 * largest)
                || (Math.Min(Math.Abs(a), Math.Abs(b)) > 0.9 * limit && Math.Sign(a) == Math.Sign(b)); // one side rounds to infinity
            if (!equal)
                return $"element {i}: ours {a:G9}, the peer's {b:G9}";
        }

        return null;
    }

    /// <summary>The tolerance of an element type; integers must be equal.</summary>
    public static double Relative(DType dtype) => dtype switch
    {
        DType.Float64 => 1e-9,
        DType.Float32 => 3e-5,
        DType.Float16 => 6e-3,
        DType.BFloat16 => 4e-2,
        _ => 0,
    };
}
