namespace Nabla;

/// <summary>
/// Changes parameters by their gradients. State is released with the optimizer; steps record nothing. PyTorch: <c>torch.optim.Optimizer</c>.
/// </summary>
public abstract class Optimizer
{
    private readonly Tensor[] _parameters;
    private readonly StepBatch _batch = new();

    /// <summary>Whether steps may wait for each other: an optimizer of a program, derived from one of these, looks at a parameter when its step was asked for.</summary>
    private readonly bool _waits;

    /// <summary>Creates an optimizer of some leaves.</summary>
    /// <exception cref="AutogradException">One is not a leaf that requires a gradient.</exception>
    /// <exception cref="TensorArgumentException">There is none, or one is there twice: it would be changed twice in a step.</exception>
    protected Optimizer(IEnumerable<Tensor> parameters, double learningRate)
    {
        _parameters = [.. parameters];
        if (_parameters.Length == 0)
            throw new TensorArgumentException(GetType().Name, "there are no parameters to optimize.");
        foreach (var parameter in _parameters)
            if (!parameter.IsLeaf || !parameter.RequiresGrad)
                throw new AutogradException(GetType().Name, $"a parameter {parameter.Shape} is not a leaf that requires a gradient; pass what Parameters() gives, or set RequiresGrad.");
        if (_parameters.Distinct().Count() < _parameters.Length)
            throw new TensorArgumentException(GetType().Name, "a parameter is there more than once, and would be changed as often in a step; pass each once.");
        LearningRate = learningRate;
        _waits = GetType().Assembly == typeof(Optimizer).Assembly;
    }

    /// <summary>How far a step goes; may change between steps. PyTorch: <c>lr</c>.</summary>
    public double LearningRate { get; set; }

    /// <summary>What is optimized.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>Changes every parameter that has a gradient. PyTorch: <c>step</c>.</summary>
    public void Step()
    {
        using var mode = Autograd.NoGrad();
        try
        {
            for (int i = 0; i < _parameters.Length; i++)
                if (_parameters[i].PeekGrad is { } gradient)
                    Update(i, _parameters[i], gradient);
        }
        finally
        {
            _batch.Run();
        }

        Evaluate();
    }

    /// <summary>Drops the gradients; their memory is free at once, unless they were looked at. PyTorch: <c>zero_grad</c>.</summary>
    /// <param name="setToNone">False keeps them and fills them with zeros.</param>
    public void ZeroGrad(bool setToNone = true)
    {
        using var mode = Autograd.NoGrad();
        foreach (var parameter in _parameters)
        {
            if (setToNone)
                parameter.DropGrad();
            else
                parameter.PeekGrad?.Zero_();
        }
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="index">Its position in <see cref="Parameters"/>.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>Overwrites a parameter and its state by an op; those of all parameters run together when each has been asked for.</summary>
    private protected void Run(StepOp op, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> targets)
    {
        _batch.Add(op, scalars, inputs, targets);
        if (!_waits)
            _batch.Run();
    }

    /// <summary>The state of one parameter that a recording device computes with the step.</summary>
    protected abstract IEnumerable<Tensor> State(int index);

    /// <summary>On devices that record, a step is where the recording runs: parameters, state, gradients, losses and what modules keep, together.</summary>
    private void Evaluate()
    {
        foreach (var device in _parameters.Select(p => p.Data.Device).Where(d => d.Traits.Deferred).Distinct())
        {
            var roots = new List<DeviceTensor>();
            for (int i = 0; i < _parameters.Length; i++)
            {
                if (_parameters[i].Data.Device != device)
                    continue;
                roots.Add(_parameters[i].Data);
                roots.AddRange(State(i).Select(s => s.Data));
                if (_parameters[i].PeekGrad is { } gradient)
                    roots.Add(gradient.Data);
            }

            DeferredRoots.Evaluate(device, roots.ToArray());
        }
    }
}
