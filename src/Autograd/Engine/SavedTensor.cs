namespace Nabla;

/// <summary>A tensor that a node keeps for its backward, with the version it had.</summary>
internal readonly record struct SavedTensor(DeviceTensor Value, int Version)
{
    /// <summary>The tensor, if it is still what was saved.</summary>
    /// <param name="owner">Whose backward needs it.</param>
    public DeviceTensor Unpack(Node owner)
    {
        int now = Value.Storage.Version;
        return now == Version ? Value : throw Changed(owner, now);
    }

    private AutogradException Changed(Node owner, int now) => new(
        owner.Name,
        $"its backward needs a tensor {Value.Spec} that was changed in place since: it is at version {now}, saved at version {Version}; use an operation that is not in place, or Clone() before the write.");
}
