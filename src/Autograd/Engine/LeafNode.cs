namespace Nabla;

/// <summary>Where gradients end: adds what arrives to the leaf's gradient. One per leaf, shared by every use of it.</summary>
internal sealed class LeafNode(TensorSpec spec, IDevice device) : Node([])
{
    private readonly Lock _gate = new();

    private Tensor? _grad;
    private bool _shown;

    /// <summary>What the user sees as <c>Grad</c>: once seen, the handle may be kept, and the engine no longer disposes it.</summary>
    public Tensor? Grad
    {
        get
        {
            lock (_gate)
            {
                _shown = true;
                return _grad;
            }
        }

        set
        {
            lock (_gate)
            {
                Forget();
                (_grad, _shown) = (value, value is not null);
            }
        }
    }

    /// <summary>Whether the leaf asks for no gradient at present: what arrives, through a graph that is older, is not added.</summary>
    public bool Frozen { get; set; }

    /// <summary>The gradient, for the engine's own use: nobody keeps it.</summary>
    public Tensor? Peek => _grad;

    /// <summary>Forgets the gradient; its memory is free at once unless a user has seen it.</summary>
    public void Drop()
    {
        lock (_gate)
            Forget();
    }

    private void Forget()
    {
        if (!_shown)
            _grad?.DisposeSole();
        (_grad, _shown) = (null, false);
    }

    public override string Name => "accumulate";

    public override bool IsLeaf => true;

    public override TensorSpec OutputSpec(int output) => spec;

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph, bool claimed) =>
        throw new InvalidOperationException("A leaf has nothing to pass on.");

    /// <summary>
    /// Accumulates a gradient. The leaf's gradient is dense and its own storage; without a graph of the backward it grows in place.
    /// </summary>
    public void Accumulate(Tensor gradient, bool createGraph)
    {
        if (Frozen)
            return;
        lock (_gate)
        {
            if (_grad is null || _grad.IsDisposed)
                (_grad, _shown) = (createGraph ? gradient.Clone() : Own(gradient), false);
            else if (createGraph)
                (_grad, _shown) = (_grad + gradient, false);
            else
                AddInto(_grad.Data, gradient.Data);
        }
    }

    private static void AddInto(DeviceTensor sum, DeviceTensor gradient)
    {
        Dispatch.Execute(sum.Device, BinaryOp.Add, [sum, gradient], default, sum);
        sum.Storage.BumpVersion();
    }

    /// <summary>Takes the handle over when nobody else can have it or its storage, else copies.</summary>
    private Tensor Own(Tensor gradient)
    {
        var data = gradient.Data;
        bool sole = data.Storage.Owners == 1 && data.View is null && data.IsContiguous && !data.Storage.Exported && data.Device == device;
        return sole && gradient.TryEscape() ? gradient : Tensor.Untracked(Dispatch.Execute(device, CopyOp.Instance, [data], default));
    }
}
