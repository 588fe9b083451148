using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Knows which storages the collector's objects own: when an owner is gone, a sweep drops what it owned. Owners have no finalizer; each
/// has a reusable slot with one long weak handle. Thread-safe.
/// </summary>
/// <remarks>
/// A slot refers to storages alone, which are pooled and old: a slot that held young objects would keep them alive. Storages are
/// released outside the lock, so that a device may do there what it likes, except renting.
/// </remarks>
internal static class HandleTracker
{
    private const int None = -1, Occupied = -2;
    private const int FirstSlots = 256;

    /// <summary>Slots looked at in one go: other threads track meanwhile.</summary>
    private const int Chunk = 4096;

    private static readonly Lock Gate = new();
    private static readonly Lock SweepGate = new();
    private static Slot[] _slots = [];
    private static Cell[] _cells = [];
    private static int _freeSlot = None, _freeCell = None;
    private static int _used;
    private static int _sweptAt = -1;
    private static Storage[] _dead = new Storage[256];

    /// <summary>Whether a collection ran since the last sweep; otherwise a sweep cannot find anything.</summary>
    public static bool IsStale => GC.CollectionCount(0) != Volatile.Read(ref _sweptAt);

    /// <summary>How many owners are registered, vanished ones included until they are swept.</summary>
    public static int Count => Volatile.Read(ref _used);

    /// <summary>How many slots there are.</summary>
    public static int Capacity => Volatile.Read(ref _slots).Length;

    /// <summary>Registers an owner of one count on a storage; returns the slot to give to <see cref="Release"/>.</summary>
    public static int Track(object owner, Storage storage)
    {
        while (true)
        {
            lock (Gate)
            {
                int index = _freeSlot;
                if (index != None)
                {
                    ref var slot = ref _slots[index];
                    _freeSlot = slot.NextFree;
                    slot.NextFree = Occupied;
                    slot.Storage = storage;
                    slot.Owner.SetTarget(owner);
                    _used++;
                    return index;
                }
            }

            MakeRoom();
        }
    }

    /// <summary>As <see cref="Track(object, Storage)"/>, for an owner of several: a node with its saved tensors.</summary>
    public static int Track(object owner, ReadOnlySpan<Storage> storages)
    {
        while (true)
        {
            lock (Gate)
            {
                int index = _freeSlot;
                if (index != None)
                {
                    ref var slot = ref _slots[index];
                    _freeSlot = slot.NextFree;
                    slot.NextFree = Occupied;
                    slot.Storage = storages.IsEmpty ? null : storages[0];
                    for (int i = storages.Length - 1; i > 0; i--)
                        slot.More = TakeCell(storages[i], slot.More);
                    slot.Owner.SetTarget(owner);
                    _used++;
                    return index;
                }
            }

            MakeRoom();
        }
    }

    /// <summary>Drops what an owner owned, at once, and frees its slot. The owner calls this once.</summary>
    /// <param name="owner">The owner itself: were it to vanish during the call, a sweep would drop the same counts again.</param>
    /// <param name="index">What <c>Track</c> returned.</param>
    public static void Release(object owner, int index)
    {
        Storage? storage;
        int more;
        lock (Gate)
        {
            ref var slot = ref _slots[index];
            (storage, more) = (slot.Storage, slot.More);
            FreeSlot(ref slot, index);
        }

        GC.KeepAlive(owner);
        storage?.Release();
        while (more != None)
        {
            lock (Gate)
            {
                storage = FreeCell(ref more);
            }

            storage.Release();
        }
    }

    /// <summary>Drops what vanished owners owned. Returns how many owners had vanished.</summary>
    public static int Sweep()
    {
        if (!IsStale || SweepGate.IsHeldByCurrentThread)
            return 0;
        lock (SweepGate)
        {
            // Before the look: a collection during it may clear handles that were passed already.
            int collections = GC.CollectionCount(0);
            int swept = 0;
            for (int start = 0; start < Capacity; start += Chunk)
                swept += SweepChunk(start);
            Volatile.Write(ref _sweptAt, collections);
            return swept;
        }
    }

    private static int SweepChunk(int start)
    {
        int count = 0, swept = 0;
        lock (Gate)
        {
            var slots = _slots;
            int end = Math.Min(slots.Length, start + Chunk);
            for (int i = start; i < end; i++)
            {
                ref var slot = ref slots[i];
                if (slot.NextFree != Occupied || slot.Owner.TryGetTarget(out _))
                    continue;
                swept++;
                if (slot.Storage is not null)
                    Collect(slot.Storage, ref count);
                int more = slot.More;
                while (more != None)
                    Collect(FreeCell(ref more), ref count);
                FreeSlot(ref slot, i);
            }
        }

        foreach (var storage in _dead.AsSpan(0, count))
            storage.Release();
        _dead.AsSpan(0, count).Clear();
        return swept;
    }

    private static void Collect(Storage storage, ref int count)
    {
        if (count == _dead.Length)
            Array.Resize(ref _dead, count * 2);
        _dead[count++] = storage;
    }

    private static void FreeSlot(ref Slot slot, int index)
    {
        // The handle keeps its target until the next tenant: it is weak, and an occupied slot is told by NextFree.
        slot.Storage = null;
        slot.More = None;
        slot.NextFree = _freeSlot;
        _freeSlot = index;
        _used--;
    }

    private static int TakeCell(Storage storage, int next)
    {
        if (_freeCell == None)
        {
            int old = _cells.Length;
            Array.Resize(ref _cells, Math.Max(FirstSlots, old * 2));
            for (int i = _cells.Length - 1; i >= old; i--)
            {
                _cells[i].Next = _freeCell;
                _freeCell = i;
            }
        }

        int index = _freeCell;
        ref var cell = ref _cells[index];
        _freeCell = cell.Next;
        cell.Storage = storage;
        cell.Next = next;
        return index;
    }

    private static Storage FreeCell(ref int index)
    {
        ref var cell = ref _cells[index];
        var storage = cell.Storage!;
        int next = cell.Next;
        cell.Storage = null;
        cell.Next = _freeCell;
        _freeCell = index;
        index = next;
        return storage;
    }

    /// <summary>
    /// No slot is free: views alone take slots without renting, so nothing else would look for vanished owners. Grows unless that
    /// freed a quarter.
    /// </summary>
    private static void MakeRoom()
    {
        Sweep();
        lock (Gate)
        {
            int old = _slots.Length;
            if (_used < old - (old / 4))
                return;
            var slots = new Slot[Math.Max(FirstSlots, old * 2)];
            _slots.CopyTo(slots, 0);
            _slots = slots;
            for (int i = slots.Length - 1; i >= old; i--)
            {
                slots[i].Owner = new WeakGCHandle<object>(null!, trackResurrection: true);
                _used++;
                FreeSlot(ref slots[i], i);
            }
        }
    }

    private struct Slot
    {
        public WeakGCHandle<object> Owner;
        public Storage? Storage;

        /// <summary>The first cell of further storages.</summary>
        public int More;

        /// <summary><see cref="Occupied"/>, or the next free slot.</summary>
        public int NextFree;
    }

    private struct Cell
    {
        public Storage? Storage;
        public int Next;
    }
}
