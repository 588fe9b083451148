namespace Nabla;

/// <summary>
/// A function with parameters, buffers and parts, all named. PyTorch: <c>torch.nn.Module</c>.
/// </summary>
/// <remarks>
/// A subclass adds its state in its constructor: <c>Weight = AddParameter(Tensor.Randn(10, 784), "weight")</c>. Names of nested state
/// join with dots, as in PyTorch's state dictionaries.
/// </remarks>
public abstract class Module : IModule<Tensor>
{
    private readonly List<KeyValuePair<string, Tensor>> _parameters = [];
    private readonly List<KeyValuePair<string, Tensor>> _buffers = [];
    private readonly List<KeyValuePair<string, Module>> _children = [];

    /// <summary>Whether layers such as dropout act as in training. PyTorch: <c>training</c>.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>The parts, by name. PyTorch: <c>named_children</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, Module>> NamedChildren => _children;

    /// <summary>Computes the output.</summary>
    public abstract Tensor Forward(Tensor input);

    /// <summary>What an optimizer changes, with the parts' own; what is shared has its first name. PyTorch: <c>named_parameters</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedParameters() => Collect(m => m._parameters, "").DistinctBy(p => p.Value);

    /// <summary>State that is saved but not trained, with the parts' own; what is shared has its first name. PyTorch: <c>named_buffers</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedBuffers() => Collect(m => m._buffers, "").DistinctBy(b => b.Value);

    /// <summary>
    /// Parameters and buffers, with the parts' own; what is shared is there under each of its names, as checkpoints have it. PyTorch:
    /// <c>state_dict</c>.
    /// </summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedState() => Collect(m => m._parameters.Concat(m._buffers), "");

    /// <summary>What an optimizer changes. PyTorch: <c>parameters</c>.</summary>
    public IEnumerable<Tensor> Parameters() => NamedParameters().Select(p => p.Value);

    /// <summary>Switches this and its parts to training or evaluation. PyTorch: <c>train</c>.</summary>
    public Module Train(bool mode = true)
    {
        Training = mode;
        foreach (var child in _children)
            child.Value.Train(mode);
        return this;
    }

    /// <summary>Switches this and its parts to evaluation. PyTorch: <c>eval</c>.</summary>
    public Module Eval() => Train(false);

    /// <summary>Drops the gradients of all parameters. PyTorch: <c>zero_grad</c>.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters())
            parameter.DropGrad();
    }

    /// <summary>Adds a tensor to train.</summary>
    /// <param name="value">Its first value; becomes a leaf that requires gradients.</param>
    /// <param name="name">Its name, PyTorch's where there is one.</param>
    protected Tensor AddParameter(Tensor value, string name)
    {
        _parameters.Add(new(Unique(name), value.RequiresGrad_()));
        return value;
    }

    /// <summary>Adds a tensor that is saved but not trained.</summary>
    protected Tensor AddBuffer(Tensor value, string name)
    {
        _buffers.Add(new(Unique(name), value));
        return value;
    }

    /// <summary>Adds a part.</summary>
    protected T AddModule<T>(T module, string name) where T : Module
    {
        _children.Add(new(Unique(name), module));
        return module;
    }

    private string Unique(string name)
    {
        bool taken = _parameters.Exists(p => p.Key == name) || _buffers.Exists(b => b.Key == name) || _children.Exists(c => c.Key == name);
        return taken || name.Length == 0 ? throw new TensorArgumentException(GetType().Name, $"'{name}' is not a new name in this module; give it another.") : name;
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Collect(Func<Module, IEnumerable<KeyValuePair<string, Tensor>>> select, string prefix)
    {
        foreach (var (name, value) in select(this))
            yield return new(prefix + name, value);
        foreach (var (name, child) in _children)
            foreach (var entry in child.Collect(select, $"{prefix}{name}."))
                yield return entry;
    }
}
