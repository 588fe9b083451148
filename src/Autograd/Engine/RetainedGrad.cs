namespace Nabla;

/// <summary>Collects the gradient of a result that is no leaf.</summary>
internal sealed class RetainedGrad
{
    private readonly Lock _gate = new(); // two threads may go back through one graph
    private HookRemoval? _attached;
    private Tensor? _grad;

    /// <summary>What arrived, summed over the backward passes; null before the first.</summary>
    public Tensor? Grad
    {
        get
        {
            lock (_gate)
                return _grad;
        }

        set
        {
            lock (_gate)
                _grad = value;
        }
    }

    /// <summary>Collects the gradient of a node's output, in place of what it was attached to before.</summary>
    public void Attach(Edge to)
    {
        _attached?.Dispose();
        var hook = new GradientHook(to.Output, gradient =>
        {
            lock (_gate)
                _grad = _grad is { } before ? before + gradient : gradient.Clone();
            return null;
        })
        { IsLast = true };
        to.Node!.AddHook(hook);
        _attached = new HookRemoval(to.Node, hook);
    }
}
