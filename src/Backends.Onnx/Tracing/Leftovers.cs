namespace Nabla;

/// <summary>A storage that a run of the function created.</summary>
internal sealed class Birth(DeviceTensor tensor)
{
    /// <summary>The whole storage as a dense tensor.</summary>
    public DeviceTensor Tensor { get; } = tensor;

    /// <summary>Whether its first value is the same at every run.</summary>
    public bool IsFixed { get; set; }

    /// <summary>What it held before the first write in place; null when there was none.</summary>
    public HostCopy? Before { get; set; }
}

/// <summary>
/// What runs of the function leave behind. Storages that earlier runs created and that somebody still holds: an optimizer makes its
/// moments in its first step, and a leaf its gradient. And storages that were captured. All are retained, so that nobody else becomes
/// their tenant.
/// </summary>
internal sealed class Leftovers : IDisposable
{
    private readonly Dictionary<Storage, Birth> _births = [];
    private readonly Dictionary<Storage, HostCopy> _constants = [];
    private readonly HashSet<Storage> _held = [];

    public Birth? Find(Storage storage) => _births.GetValueOrDefault(storage);

    /// <summary>Keeps what outlives a run; takes over the caller's count on the storages that it keeps.</summary>
    public bool TryKeep(Birth birth)
    {
        // One owner is the trace. Handles that the collector has not found yet count too, which does no harm.
        if (birth.Tensor.Storage.Owners <= 1)
            return false;
        birth.Before?.UploadTo(birth.Tensor); // state made on demand starts where it started then
        return _births.TryAdd(birth.Tensor.Storage, birth);
    }

    /// <summary>Retains a captured tensor to the end, so that runs can be compared by storage; copies one that is only read, once.</summary>
    public void Hold(CapturedTensor captured)
    {
        var storage = captured.Tensor.Storage;
        if (_held.Add(storage))
            storage.Retain();
        if (captured.IsWritten)
            return;
        if (!_constants.TryGetValue(storage, out var data))
            _constants[storage] = data = HostCopy.Of(captured.Tensor);
        captured.Data = data;
    }

    public void Dispose()
    {
        foreach (var storage in _held)
            storage.Release();
        _held.Clear();
        foreach (var storage in _births.Keys)
            storage.Release();
        _births.Clear();
    }
}
