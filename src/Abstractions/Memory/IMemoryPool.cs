namespace Nabla;

/// <summary>The memory of a device. Thread-safe.</summary>
public interface IMemoryPool
{
    /// <summary>The figures of this moment.</summary>
    MemoryStatistics Statistics { get; }

    /// <summary>Bytes that may be leased and cached together; beyond it allocations fail.</summary>
    long Limit { get; }

    /// <summary>Frees cached blocks until at most <paramref name="keep"/> bytes of them are left.</summary>
    void Trim(long keep = 0);
}
