using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Knows which storages the collector's objects own: when an owner is gone, a sweep drops what it owned. Owners have no finalizer; each
/// has a reusable slot with one long weak handle that is set and cleared.
/// </summary>
/// <remarks>
/// A slot refers to storages alone, which are pooled and old: a slot that held young objects would keep them alive. See
/// docs/decisions.
/// </remarks>
internal static class HandleTracker
{
    private static readonly Lock Gate = new();
    private static Slot[] _slots = [];
    private static int[] _free = [];
    private static int _freeCount;

    /// <summary>Registers an owner of one count on each storage; returns the slot to give to <see cref="Release"/>.</summary>
    public static int Track(object owner, Storage storage)
    {
        lock (Gate)
        {
            int index = Take();
            ref var slot = ref _slots[index];
            slot.Storage = storage;
            slot.Owner.Target = owner;
            return index;
        }
    }

    /// <summary>As <see cref="Track(object, Storage)"/>, for an owner of several: a node with its saved tensors.</summary>
    public static int Track(object owner, ReadOnlySpan<Storage> storages)
    {
        lock (Gate)
        {
            int index = Take();
            ref var slot = ref _slots[index];
            slot.Storage = storages.IsEmpty ? null : storages[0];
            for (int i = 1; i < storages.Length; i++)
                (slot.More ??= []).Add(storages[i]);
            slot.Owner.Target = owner;
            return index;
        }
    }

    /// <summary>Drops what an owner owned, at once, and frees its slot. The owner calls this once.</summary>
    public static void Release(int index)
    {
        lock (Gate)
        {
            Drop(index);
        }
    }

    /// <summary>Drops what vanished owners owned. Returns how many owners had vanished.</summary>
    public static int Sweep()
    {
        int swept = 0;
        lock (Gate)
        {
            for (int i = 0; i < _slots.Length; i++)
            {
                if (_slots[i].Storage is not null && _slots[i].Owner.Target is null)
                {
                    Drop(i);
                    swept++;
                }
            }
        }

        return swept;
    }

    private static int Take()
    {
        if (_freeCount == 0)
            Grow();
        return _free[--_freeCount];
    }

    private static void Drop(int index)
    {
        ref var slot = ref _slots[index];
        slot.Storage?.Release();
        slot.Storage = null;
        if (slot.More is { Count: > 0 } more)
        {
            foreach (var storage in more)
                storage.Release();
            more.Clear();
        }

        slot.Owner.Target = null;
        _free[_freeCount++] = index;
    }

    private static void Grow()
    {
        int old = _slots.Length, size = Math.Max(256, old * 2);
        Array.Resize(ref _slots, size);
        Array.Resize(ref _free, size);
        for (int i = size - 1; i >= old; i--)
        {
            _slots[i].Owner = GCHandle.Alloc(null, GCHandleType.WeakTrackResurrection);
            _free[_freeCount++] = i;
        }
    }

    private struct Slot
    {
        public GCHandle Owner;
        public Storage? Storage;
        public List<Storage>? More;
    }
}
