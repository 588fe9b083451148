namespace Nabla.Peers;

/// <summary>Nabla trains the perceptron; nothing is disposed, as its users need not.</summary>
internal sealed class OurTraining(Mlp mlp, Engine engine, Func<IEnumerable<Tensor>, Optimizer> optimizer) : Side
{
    private const int StepsOfComparison = 4;
    private readonly (Tensor Examples, Tensor Classes)[] _batches = new (Tensor, Tensor)[Mlp.Batches];
    private Sequential _model = null!;
    private Optimizer _optimizer = null!;
    private int _step;

    public override void Prepare(ulong seed)
    {
        using var scope = engine.Device.AsDefault();
        var source = new Source(seed);
        _model = Model(mlp, source, engine.Device);
        _optimizer = optimizer(_model.Parameters());
        for (int i = 0; i < _batches.Length; i++)
        {
            var (examples, classes) = mlp.DrawBatch(source);
            _batches[i] = (HostArrays.ToOurs(examples, [mlp.Batch, mlp.Sizes[0]], engine.Device), HostArrays.ToOurs(classes, [mlp.Batch], engine.Device));
        }
    }

    public override void Run() => Step();

    public override double[] Values() => [.. Enumerable.Range(0, StepsOfComparison).Select(_ => (double)Step().Item<float>())];

    public override void Dispose()
    {
    }

    /// <summary>The layers, with parameters that are drawn.</summary>
    public static Sequential Model(Mlp mlp, Source source, Device device)
    {
        var modules = new List<Module>();
        for (int i = 1; i < mlp.Sizes.Length; i++)
        {
            modules.Add(new Linear(mlp.Sizes[i - 1], mlp.Sizes[i], device: device));
            if (i < mlp.Sizes.Length - 1)
                modules.Add(new ReLU());
        }

        var model = new Sequential([.. modules]);
        using var _ = Autograd.NoGrad();
        foreach (var (parameter, (values, shape)) in model.Parameters().Zip(mlp.Parameters(source)))
            parameter.Copy_(HostArrays.ToOurs(values, shape, device));
        return model;
    }

    private Tensor Step()
    {
        var (examples, classes) = _batches[_step++ % Mlp.Batches];
        _optimizer.ZeroGrad();
        var loss = Functional.CrossEntropy(_model.Forward(examples), classes);
        loss.Backward();
        _optimizer.Step();
        return loss;
    }
}
