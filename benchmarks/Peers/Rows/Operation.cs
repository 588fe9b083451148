using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>A function of tensors, written for both engines: what most rows measure.</summary>
/// <param name="Ours">Nabla's.</param>
/// <param name="Peer">TorchSharp's.</param>
/// <param name="Draws">How the inputs are drawn; the last stands for all that follow.</param>
internal sealed record Operation(Func<Row, Tensor[], Tensor> Ours, Func<Row, Torch.Tensor[], Torch.Tensor> Peer, params Draw[] Draws)
{
    private const double Float32Tolerance = 2e-5, Float64Tolerance = 1e-12;

    public CallKind Kind() => new(
        (row, engine) => new OurOperation(row, this, engine.Device),
        (row, engine) => new PeerOperation(row, this, engine),
        row => row.DType == "float64" ? Float64Tolerance : Float32Tolerance);

    /// <summary>All inputs of a row, as arrays of the host.</summary>
    public Array[] Draw(Row row, ulong seed)
    {
        var source = new Source(seed);
        return [.. row.Shapes.Select((shape, i) => Draws[Math.Min(i, Draws.Length - 1)](row, shape, source))];
    }
}
