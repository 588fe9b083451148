namespace Nabla;

/// <summary>The names of what the engine reports: pass <see cref="MeterName"/> to <c>AddMeter</c> or <c>dotnet-counters</c>.</summary>
public static class Telemetry
{
    /// <summary>The one meter.</summary>
    public const string MeterName = "Nabla";

    /// <summary>Bytes that tensors asked for.</summary>
    public const string MemoryLive = "nabla.memory.live";

    /// <summary>Bytes in blocks that have an owner.</summary>
    public const string MemoryLeased = "nabla.memory.leased";

    /// <summary>Bytes in free blocks.</summary>
    public const string MemoryCached = "nabla.memory.cached";

    /// <summary>The most bytes leased at once.</summary>
    public const string MemoryPeak = "nabla.memory.peak";

    /// <summary>Leased bytes at which dropped tensors are next looked for.</summary>
    public const string MemoryTarget = "nabla.memory.target";

    /// <summary>Blocks handed out.</summary>
    public const string MemoryRents = "nabla.memory.rents";

    /// <summary>Blocks allocated.</summary>
    public const string MemoryAllocations = "nabla.memory.allocations";

    /// <summary>Ways taken to get memory back, by cause.</summary>
    public const string MemoryReclaims = "nabla.memory.reclaims";

    /// <summary>Bytes got back, by cause.</summary>
    public const string MemoryReclaimed = "nabla.memory.reclaimed";

    /// <summary>Seconds taken to get memory back, by cause.</summary>
    public const string MemoryReclaimTime = "nabla.memory.reclaim_time";

    /// <summary>Tag: which device.</summary>
    public const string DeviceTag = "nabla.device";

    /// <summary>Tag: sweep, generation0, generation1, generation2 or trim.</summary>
    public const string CauseTag = "nabla.cause";
}
