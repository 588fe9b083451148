namespace Nabla;

/// <summary>
/// Paces callers' arrays that tensors share: a program that wraps one array after another and drops the tensors rents nothing, so no pool
/// would ever find that the arrays can go.
/// </summary>
internal sealed class WrappedArrays : ILeasing
{
    private readonly Pacing _pacing = new(Collector.Shared);
    private long _bytes;

    private WrappedArrays()
    {
    }

    /// <summary>The one instance: the arrays are the process's.</summary>
    public static WrappedArrays Shared { get; } = new();

    /// <summary>Bytes in arrays that are pinned for tensors.</summary>
    public long Leased => Volatile.Read(ref _bytes);

    /// <summary>Counts an array that is about to be pinned.</summary>
    public void Reserve(long bytes)
    {
        if (Leased + bytes > _pacing.Target)
        {
            lock (Reclaiming.Gate)
                if (Leased + bytes > _pacing.Target)
                    _pacing.Reclaim(this, bytes, long.MaxValue, thorough: false);
        }

        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Forgets one that was let go.</summary>
    public void Remove(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
