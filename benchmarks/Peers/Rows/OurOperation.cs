namespace Nabla.Peers;

/// <summary>An operation on Nabla. The result is disposed as the peer's is, so that both reuse its memory while it is in the cache.</summary>
internal sealed class OurOperation(Row row, Operation operation, Device device) : Side
{
    private readonly Func<Row, Tensor[], Tensor> _call = operation.Ours;
    private Tensor[] _inputs = [];

    public override void Prepare(ulong seed)
    {
        Dispose();
        _inputs = [.. operation.Draw(row, seed).Select((values, i) => HostArrays.ToOurs(values, row.Shapes[i], device))];
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
