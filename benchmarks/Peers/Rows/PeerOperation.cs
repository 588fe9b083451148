using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>An operation on libtorch.</summary>
internal sealed class PeerOperation(Row row, Operation operation) : Side
{
    private readonly Func<Row, Torch.Tensor[], Torch.Tensor> _call = operation.Peer;
    private Torch.Tensor[] _inputs = [];

    public override void Prepare(ulong seed)
    {
        Dispose();
        _inputs = [.. operation.Draw(row, seed).Select((values, i) => Inputs.ToPeer(values, row.Shapes[i]))];
    }

    public override void Run() => _call(row, _inputs).Dispose();

    public override double[] Values()
    {
        using var result = _call(row, _inputs);
        return Inputs.ToHost(result);
    }

    public override void Dispose()
    {
        foreach (var input in _inputs)
            input.Dispose();
        _inputs = [];
    }
}
