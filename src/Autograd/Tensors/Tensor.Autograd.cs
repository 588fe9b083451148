using System.Runtime.CompilerServices;

namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>
    /// Whether gradients of this are computed: settable on leaves of a floating type. A leaf that is switched off keeps its
    /// <see cref="Grad"/>, to which nothing is added then. PyTorch: <c>requires_grad</c>.
    /// </summary>
    /// <exception cref="AutogradException">The tensor is computed from others, or its elements are not floating point.</exception>
    public bool RequiresGrad
    {
        get => GradEdge.Exists;
        set
        {
            if (value == RequiresGrad)
                return;
            if (!IsLeaf)
                throw new AutogradException("RequiresGrad", "the tensor was computed from others that require a gradient, so it does too; use Detach() for one that does not.");
            if (value && !DType.IsFloatingPoint())
                throw new AutogradException("RequiresGrad", $"gradients exist for floating point alone, not for {DType.Name()}; convert with To(DType.Float32).");
            EnsureHistory().RequireGrad(value);
        }
    }

    /// <summary>Whether this was not computed from tensors that require a gradient. PyTorch: <c>is_leaf</c>.</summary>
    public bool IsLeaf => GradEdge.Node is null or LeafNode;

    /// <summary>
    /// What <see cref="Backward"/> accumulated for a leaf, or for a result on which <see cref="RetainGrad"/> was called; null before.
    /// PyTorch: <c>grad</c>.
    /// </summary>
    public Tensor? Grad
    {
        get => _place is not History history ? null : history.Leaf is { } leaf ? leaf.Grad : history.Retained?.Grad;
        set
        {
            if (value is not null && (value.Shape != Shape || value.DType != DType))
                throw Unlike(value);
            if (value is not null)
                _ = CommonDevice(CopyOp.Instance, [this, value]);
            if (Leaf is { } leaf)
                leaf.Grad = value;
            else if ((_place as History)?.Retained is { } retained)
                retained.Grad = value;
            else if (value is not null)
                throw new AutogradException("Grad", "only a leaf that requires a gradient, or a result that retains it, has one to set; set RequiresGrad or call RetainGrad() first.");
        }
    }

    private ShapeException Unlike(Tensor gradient) => new("Grad", $"a gradient of {_data.Spec} cannot be {gradient._data.Spec}.");

    /// <summary>The name of the operation that computed this, for a tensor that has a gradient function. PyTorch: <c>grad_fn.name()</c>.</summary>
    public string? GradFn => GradEdge.Node is { IsLeaf: false } node ? node.Name : null;

    /// <summary>Sets <see cref="RequiresGrad"/>. PyTorch: <c>requires_grad_</c>.</summary>
    public Tensor RequiresGrad_(bool requiresGrad = true)
    {
        RequiresGrad = requiresGrad;
        return this;
    }

    /// <summary>The same memory without the graph: writes are seen (and versioned) on both sides. PyTorch: <c>detach</c>.</summary>
    public Tensor Detach()
    {
        Data.Storage.Retain();
        return new Tensor(_data);
    }

    /// <summary>
    /// Computes the gradients of the leaves this was computed from, and adds them to their <see cref="Grad"/>. PyTorch: <c>backward</c>.
    /// </summary>
    /// <param name="gradient">The gradient of this tensor; may be left out for one element, and is 1 then.</param>
    /// <param name="retainGraph">Whether saved tensors are kept, for another backward. Default: the value of <paramref name="createGraph"/>.</param>
    /// <param name="createGraph">Whether the backward itself is recorded, for gradients of gradients.</param>
    /// <exception cref="AutogradException">
    /// Nothing requires a gradient, the gradient is missing or does not fit, saved tensors were freed or overwritten.
    /// </exception>
    public void Backward(Tensor? gradient = null, bool? retainGraph = null, bool createGraph = false) =>
        BackwardEngine.Run([this], [gradient], retainGraph ?? createGraph, createGraph, captures: null);

    /// <summary>
    /// Keeps the gradient of a result, which otherwise only leaves have; after a write in place, that of the written value. PyTorch:
    /// <c>retain_grad</c>.
    /// </summary>
    public void RetainGrad()
    {
        var edge = GradEdge;
        if (!edge.Exists)
            throw new AutogradException("RetainGrad", "the tensor does not require a gradient.");
        if (!edge.Node!.IsLeaf && EnsureHistory() is { Retained: null } history)
            history.RetainGrad();
    }

    /// <summary>
    /// Calls a function with the gradient of this tensor in every backward; what it returns, unless null, replaces the gradient.
    /// PyTorch: <c>register_hook</c>.
    /// </summary>
    /// <returns>Disposing it takes the hook off again; a hook stays otherwise. PyTorch: <c>handle.remove()</c>.</returns>
    /// <exception cref="AutogradException">The tensor does not require a gradient.</exception>
    public IDisposable RegisterHook(Func<Tensor, Tensor?> hook)
    {
        var edge = GradEdge;
        if (!edge.Exists)
            throw new AutogradException("RegisterHook", "the tensor does not require a gradient.");
        var added = new GradientHook(edge.Output, hook);
        edge.Node!.AddHook(added);
        return new HookRemoval(edge.Node, added);
    }

    /// <summary>The gradient, for the engine's own use: see <see cref="LeafNode.Peek"/>.</summary>
    internal Tensor? PeekGrad => Leaf is { } leaf ? leaf.Peek : Grad;

    /// <summary>Forgets the gradient. PyTorch: <c>grad = None</c>.</summary>
    internal void DropGrad() => Leaf?.Drop();

    internal Edge GradEdge => _place is History history ? history.Edge(_data) : new(Unsafe.As<Node?>(_place), _output);

    private LeafNode? Leaf => (_place as History)?.Leaf;

    private History EnsureHistory()
    {
        while (true)
        {
            var place = Volatile.Read(ref _place);
            if (place is History history)
                return history;
            history = new History(_data) { Node = Unsafe.As<Node?>(place), Output = _output };
            if (Interlocked.CompareExchange(ref _place, history, place) == place)
                return history;
        }
    }
}
