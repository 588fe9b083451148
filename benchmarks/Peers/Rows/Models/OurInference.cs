namespace Nabla.Peers;

/// <summary>Nabla runs a model forward; nothing is disposed, as its users need not.</summary>
internal sealed class OurInference(Inference model, Engine engine) : Side
{
    private Tensor[] _parameters = [];
    private Tensor _input = null!;

    public override void Prepare(ulong seed)
    {
        _parameters = model.Parameters(new Source(seed), engine.Device);
        _input = HostArrays.ToOurs(model.Input(new Source(seed + 1)), model.InputShape, engine.Device);
    }

    public override void Run() => model.Forward(_parameters, _input);

    public override double[] Values() => HostArrays.ToHost(model.Forward(_parameters, _input));

    public override void Dispose()
    {
    }
}
