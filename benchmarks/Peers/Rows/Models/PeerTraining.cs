using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>TorchSharp trains the perceptron, each step in a dispose scope: its best case.</summary>
internal sealed class PeerTraining(
    Mlp mlp, Engine engine, Func<IEnumerable<TorchSharp.Modules.Parameter>, Torch.optim.Optimizer> optimizer) : Side
{
    private const int StepsOfComparison = 4;
    private readonly (Torch.Tensor Examples, Torch.Tensor Classes)[] _batches = new (Torch.Tensor, Torch.Tensor)[Mlp.Batches];
    private TorchSharp.Modules.Sequential? _model;
    private Torch.optim.Optimizer? _optimizer;
    private int _step;

    public override void Prepare(ulong seed)
    {
        Dispose();
        engine.LimitTorch();
        var source = new Source(seed);
        _model = Model(mlp);
        using (Torch.no_grad())
        {
            foreach (var (parameter, (values, shape)) in _model.parameters().Zip(mlp.Parameters(source)))
            {
                using var drawn = HostArrays.ToPeer(values, shape);
                parameter.copy_(drawn);
            }
        }

        _optimizer = optimizer(_model.parameters());
        for (int i = 0; i < _batches.Length; i++)
        {
            var (examples, classes) = mlp.DrawBatch(source);
            _batches[i] = (HostArrays.ToPeer(examples, [mlp.Batch, mlp.Sizes[0]]), HostArrays.ToPeer(classes, [mlp.Batch]));
        }
    }

    public override void Run()
    {
        using var scope = Torch.NewDisposeScope();
        Step();
    }

    public override double[] Values()
    {
        using var scope = Torch.NewDisposeScope();
        return [.. Enumerable.Range(0, StepsOfComparison).Select(_ => (double)Step().item<float>())];
    }

    public override void Dispose()
    {
        _optimizer?.Dispose();
        _model?.Dispose();
        foreach (var (examples, classes) in _batches)
        {
            examples?.Dispose();
            classes?.Dispose();
        }
    }

    private static TorchSharp.Modules.Sequential Model(Mlp mlp)
    {
        var modules = new List<Torch.nn.Module<Torch.Tensor, Torch.Tensor>>();
        for (int i = 1; i < mlp.Sizes.Length; i++)
        {
            modules.Add(Torch.nn.Linear(mlp.Sizes[i - 1], mlp.Sizes[i]));
            if (i < mlp.Sizes.Length - 1)
                modules.Add(Torch.nn.ReLU());
        }

        return Torch.nn.Sequential(modules);
    }

    private Torch.Tensor Step()
    {
        var (examples, classes) = _batches[_step++ % Mlp.Batches];
        _optimizer!.zero_grad();
        var loss = Torch.nn.functional.cross_entropy(_model!.forward(examples), classes);
        loss.backward();
        _optimizer.step();
        return loss;
    }
}
