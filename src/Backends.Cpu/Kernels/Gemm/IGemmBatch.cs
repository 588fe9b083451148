namespace Nabla;

/// <summary>Where each product of a batch starts, as element offsets from the pointers of the first.</summary>
internal interface IGemmBatch
{
    int Count { get; }

    /// <summary>Those of member 0 are zero.</summary>
    void Offsets(int index, out long a, out long b, out long c);
}
