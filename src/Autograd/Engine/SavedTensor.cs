namespace Nabla;

/// <summary>A tensor that a node keeps for its backward, with the version it had and the place in the graph it came from.</summary>
internal readonly struct SavedTensor
{
    public SavedTensor(DeviceTensor value, Edge origin, int version)
    {
        Value = value;
        Version = version;
        Origin = origin;
    }

    public DeviceTensor Value { get; }

    public int Version { get; }

    /// <summary>Where its gradient goes when a graph of the backward is created.</summary>
    public Edge Origin { get; }

    /// <summary>The tensor, if it is still what was saved; takes over one owner count of its storage.</summary>
    public Tensor Unpack(Node owner)
    {
        int now = Value.Storage.Version;
        if (now != Version)
        {
            Value.Storage.Release();
            throw new AutogradException(
                owner.Name,
                $"its backward needs a tensor {Value.Spec} that was changed in place since: it is at version {now}, saved at version {Version}; use an operation that is not in place, or Clone() before the write.");
        }

        return new Tensor(Value, Origin.Exists ? new History(Value) { Node = Origin.Node, Output = Origin.Output } : null);
    }
}
