namespace Nabla;

/// <summary>A tensor that a node keeps for its backward, with the version it had.</summary>
internal readonly record struct SavedTensor(DeviceTensor Value, int Version)
{
    /// <summary>The tensor, if it is still what was saved; takes over one owner count of its storage.</summary>
    /// <param name="owner">Whose backward needs it.</param>
    /// <param name="origin">Where its gradient goes when a graph of the backward is created.</param>
    public Tensor Unpack(Node owner, Edge origin)
    {
        int now = Value.Storage.Version;
        if (now != Version)
        {
            Value.Storage.Release();
            throw new AutogradException(
                owner.Name,
                $"its backward needs a tensor {Value.Spec} that was changed in place since: it is at version {now}, saved at version {Version}; use an operation that is not in place, or Clone() before the write.");
        }

        return new Tensor(Value, origin);
    }
}
