using System.Collections.Frozen;

namespace Nabla;

/// <summary>What kind of device this is.</summary>
public sealed record DeviceTraits
{
    /// <summary>Whether its storages are <see cref="HostStorage"/>: readable by the host without a copy.</summary>
    public bool HostMemory { get; init; }

    /// <summary>Whether it records operations and runs them when a value is needed.</summary>
    public bool Deferred { get; init; }

    /// <summary>Whether operations run on after the call returns, so that errors and times surface later.</summary>
    public bool Queued { get; init; }

    /// <summary>The element types that it stores; by default all. The set is made when somebody asks: most programs never do.</summary>
    public IReadOnlySet<DType> DTypes
    {
        get => field ??= Nabla.DTypes.All.ToFrozenSet();
        init;
    }
}
