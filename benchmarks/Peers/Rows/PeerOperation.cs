using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>An operation on libtorch.</summary>
internal sealed class PeerOperation(Row row, Operation operation, Engine engine) : Side
{
    private readonly Func<Row, Torch.Tensor[], Torch.Tensor> _call = operation.Peer;
    private Torch.Tensor[] _inputs = [];

    public override void Prepare(ulong seed)
    {
        Dispose();
        engine.LimitTorch();
        _inputs = [.. operation.Draw(row, seed).Select((values, i) => HostArrays.ToPeer(values, row.Shapes[i]))];
    }

    public override void Run() => _call(row, _inputs).Dispose();

    public override double[] Values()
    {
        using var result = _call(row, _inputs);
        return HostArrays.ToHost(result);
    }

    public override void Dispose()
    {
        foreach (var input in _inputs)
            input.Dispose();
        _inputs = [];
    }
}
