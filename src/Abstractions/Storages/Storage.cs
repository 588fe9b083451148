using System.Diagnostics;

namespace Nabla;

/// <summary>
/// One allocation of a device: every alias points here. Storages are counted by their owners (undisposed handles, saved tensors,
/// recorded work) and go back to their device's pool when the last one lets go, from any thread.
/// </summary>
public abstract class Storage
{
    private int _owners;
    private int _version;

    /// <summary>Creates the storage of a device, with one owner: its creator.</summary>
    protected Storage(IDevice device)
    {
        Device = device;
        _owners = 1;
    }

    /// <summary>The device that owns the memory.</summary>
    public IDevice Device { get; }

    /// <summary>Bytes that the current tenant asked for.</summary>
    public abstract long ByteLength { get; }

    /// <summary>How often the contents were written in place: shared by every view and <c>Detach()</c>.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether memory of this storage left the engine (a span, or the caller's own array): then it is never given to another tenant.</summary>
    public bool Exported { get; private set; }

    /// <summary>How many owners there are now.</summary>
    public int Owners => Volatile.Read(ref _owners);

    /// <summary>Counts an in-place write.</summary>
    public void BumpVersion() => Interlocked.Increment(ref _version);

    /// <summary>Marks that memory left the engine.</summary>
    public void MarkExported() => Exported = true;

    /// <summary>Adds an owner.</summary>
    public void Retain()
    {
        int owners = Interlocked.Increment(ref _owners);
        Debug.Assert(owners > 1, "A storage without owners cannot be retained: it may have another tenant already.");
    }

    /// <summary>Drops an owner; the last one gives the memory back.</summary>
    /// <remarks>
    /// An owner that finds itself alone stays alone, since only owners add others: it needs no atomic operation, which would cost as much as the
    /// kernel of a small tensor.
    /// </remarks>
    public void Release()
    {
        int owners = Volatile.Read(ref _owners) == 1 ? _owners = 0 : Interlocked.Decrement(ref _owners);
        Debug.Assert(owners >= 0, "A storage was released more often than retained.");
        if (owners == 0)
            OnReleased();
    }

    /// <summary>Gives the memory back to where it came from. Called once per tenancy, on any thread; must not throw.</summary>
    protected abstract void OnReleased();

    /// <summary>Starts a new tenancy: one owner, version 0. For pools.</summary>
    protected void Reopen()
    {
        Volatile.Write(ref _version, 0);
        Volatile.Write(ref _owners, 1);
    }
}
