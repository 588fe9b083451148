namespace Nabla;

/// <summary>Where gradients end: adds what arrives to the leaf's gradient. One per leaf, shared by every use of it.</summary>
internal sealed class LeafNode(TensorSpec spec, IDevice device) : Node("accumulate", [])
{
    private readonly Lock _gate = new();

    /// <summary>What the user sees as <c>Grad</c>.</summary>
    public Tensor? Grad { get; set; }

    public override bool IsLeaf => true;

    public override TensorSpec OutputSpec(int output) => spec;

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted) =>
        throw new InvalidOperationException("A leaf has nothing to pass on.");

    /// <summary>
    /// Accumulates a gradient. The leaf's gradient is dense and its own storage; without a graph of the backward it grows in place.
    /// </summary>
    public void Accumulate(Tensor gradient, bool createGraph)
    {
        lock (_gate)
        {
            if (Grad is null || Grad.IsDisposed)
                Grad = createGraph ? gradient.Clone() : Own(gradient);
            else if (createGraph)
                Grad = Grad + gradient;
            else
                AddInto(Grad.Data, gradient.Data);
        }
    }

    private static void AddInto(DeviceTensor sum, DeviceTensor gradient)
    {
        Dispatch.Execute(sum.Device, BinaryOp.Add, [sum, gradient], default, sum);
        sum.Storage.BumpVersion();
    }

    /// <summary>Takes the storage over when nobody else can have it, else copies.</summary>
    private Tensor Own(Tensor gradient)
    {
        var data = gradient.Data;
        bool sole = data.Storage.Owners == 1 && data.View is null && data.IsContiguous && !data.Storage.Exported && data.Device == device;
        if (!sole)
            return Tensor.Untracked(Dispatch.Execute(device, CopyOp.Instance, [data], default));
        data.Storage.Retain();
        return Tensor.Untracked(data);
    }
}
