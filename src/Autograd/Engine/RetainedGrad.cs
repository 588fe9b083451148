namespace Nabla;

/// <summary>Collects the gradient of a result that is no leaf.</summary>
internal sealed class RetainedGrad
{
    private HookRemoval? _attached;

    /// <summary>What arrived, summed over the backward passes; null before the first.</summary>
    public Tensor? Grad { get; set; }

    /// <summary>Collects the gradient of a node's output, in place of what it was attached to before.</summary>
    public void Attach(Edge to)
    {
        _attached?.Dispose();
        var hook = new GradientHook(to.Output, gradient =>
        {
            Grad = Grad is { } before ? before + gradient : gradient.Clone();
            return null;
        })
        { IsLast = true };
        to.Node!.AddHook(hook);
        _attached = new HookRemoval(to.Node, hook);
    }
}
