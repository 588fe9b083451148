namespace Nabla.Peers;

/// <summary>Nabla runs a model forward; nothing is disposed, as its users need not.</summary>
internal sealed class OurInference(Inference model, Engine engine) : Side
{
    private Func<Tensor, Tensor> _model = null!;
    private Tensor _input = null!;

    public override void Prepare(ulong seed)
    {
        _model = model.Model(new Source(seed), engine.Device);
        _input = HostArrays.ToOurs(model.Input(new Source(seed + 1)), model.InputShape, engine.Device);
    }

    public override void Run() => _model(_input);

    public override double[] Values() => HostArrays.ToHost(_model(_input));

    public override void Dispose()
    {
    }
}
