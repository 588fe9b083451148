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

    /// <summary>
    /// With so many owners a collection of generation 0 is worth trying before the quota doubles, where collections are cheap: what so many
    /// small tensors hold fits the second-level cache, and a loop that drops them takes half the time that it takes over the 32 MB that the
    /// collector allows.
    /// </summary>
    public const int ManyOwners = 1 << 12;

    /// <summary>From here on it is tried whatever it costs.</summary>
    public const int TooManyOwners = 1 << 16;

    /// <summary>An owner that lives long in a high slot keeps the end there: to try again each time would be in vain.</summary>
    private const int MostSeldom = 64;

    /// <summary>Slots looked at in one go: other threads track meanwhile.</summary>
    private const int Chunk = 1024;

    private static readonly Lock SweepGate = new();
    private static readonly Lock GrowGate = new();
    private static readonly Owned[] Found = new Owned[Chunk];
    private static int _found;
    private static SpinGate _gate;
    private static Slot[] _slots = [];
    private static Cell[] _cells = [];
    private static int _freeSlot = None, _freeCell = None;
    private static int _used, _usedCells;

    /// <summary>No more than there are slots.</summary>
    private static int _quota;

    /// <summary>No slot from here on is used.</summary>
    private static int _end;
    private static int _sweptAt = -1;

    private static Backoff _untilLowest = new(MostSeldom);
    private static Backoff _untilSmaller = new(MostSeldom);

    /// <summary>Whether a collection ran since the last sweep; otherwise a sweep cannot find anything.</summary>
    public static bool IsStale => GC.CollectionCount(0) != Volatile.Read(ref _sweptAt);

    /// <summary>How many owners are registered, vanished ones included until they are swept.</summary>
    public static int Count => Volatile.Read(ref _used);

    /// <summary>How many slots there are.</summary>
    public static int Capacity => Volatile.Read(ref _slots).Length;

    /// <summary>How many owners may be registered before somebody looks for vanished ones.</summary>
    public static int Quota => Volatile.Read(ref _quota);

    /// <summary>Registers an owner of one count on a storage; returns the slot to give to <see cref="Release"/>.</summary>
    public static int Track(object owner, Storage storage) => Track(owner, new ReadOnlySpan<Storage>(ref storage));

    /// <summary>As <see cref="Track(object, Storage)"/>, for an owner of several: a node with its saved tensors.</summary>
    public static int Track(object owner, ReadOnlySpan<Storage> storages)
    {
        _gate.Enter();
        while (_used >= _quota || _cells.Length - _usedCells < storages.Length - 1)
        {
            _gate.Exit();
            MakeRoom(storages.Length);
            _gate.Enter();
        }

        int index = _freeSlot;
        ref var slot = ref _slots[index];
        _freeSlot = slot.NextFree;
        if (index >= _end)
            _end = index + 1;
        slot.NextFree = Occupied;
        slot.Storage = storages.IsEmpty ? null : storages[0];
        for (int i = storages.Length - 1; i > 0; i--)
            slot.More = TakeCell(storages[i], slot.More);
        slot.Owner.SetTarget(owner);
        _used++;
        _gate.Exit();
        return index;
    }

    /// <summary>Drops what an owner owned, at once, and frees its slot. The owner calls this once.</summary>
    /// <param name="owner">The owner itself: were it to vanish during the call, a sweep would drop the same counts again.</param>
    /// <param name="index">What <c>Track</c> returned.</param>
    public static void Release(object owner, int index)
    {
        _gate.Enter();
        var storage = FreeSlot(index, out int more);
        _gate.Exit();
        GC.KeepAlive(owner);
        Drop(ref storage, ref more);
    }

    /// <summary>Frees the slot of an owner that takes over what it owned, and makes it -1; false where that was done before.</summary>
    public static bool TryForget(ref int index)
    {
        _gate.Enter();
        bool there = index >= 0;
        if (there)
        {
            FreeSlot(index, out int more);
            while (more != None)
                FreeCell(ref more);
            index = None;
        }

        _gate.Exit();
        return there;
    }

    /// <summary>Adds a count to what an owner owns, unless another thread has forgotten its slot.</summary>
    public static bool TryRetain(ref readonly int index, Storage owned)
    {
        _gate.Enter();
        bool there = index >= 0;
        if (there)
            owned.Retain();
        _gate.Exit();
        return there;
    }

    /// <summary>Drops what vanished owners owned. Returns how many owners had vanished.</summary>
    public static int Sweep()
    {
        if (!IsStale || SweepGate.IsHeldByCurrentThread)
            return 0;
        lock (SweepGate)
        {
            if (!IsStale)
                return 0; // another thread has just looked

            // Before the look: a collection during it may clear handles that were passed already.
            int collections = GC.CollectionCount(0);
            int swept = 0;
            DropFound(); // what a sweep left that ended early: a thread may be interrupted where a storage waits for a lock
            for (int start = 0; start < Volatile.Read(ref _end); start += Chunk)
            {
                swept += FreeVanished(start);
                DropFound();
            }

            Volatile.Write(ref _sweptAt, collections);
            return swept;
        }
    }

    /// <summary>Frees the slots whose owner is gone, which nobody but the sweep can; puts what they owned aside.</summary>
    private static int FreeVanished(int start)
    {
        int count = 0;
        _gate.Enter();
        var slots = _slots;
        int end = Math.Min(_end, start + Chunk);
        for (int i = start; i < end; i++)
            if (slots[i].NextFree == Occupied && !slots[i].Owner.TryGetTarget(out _))
                Found[count++] = new() { Storage = FreeSlot(i, out int more), More = more };
        _found = count;
        _gate.Exit();
        return count;
    }

    private static void DropFound()
    {
        for (; _found > 0; _found--)
            Drop(ref Found[_found - 1].Storage, ref Found[_found - 1].More);
    }

    /// <summary>Takes each away before it is dropped: none is dropped twice where one throws, and the others can still be.</summary>
    private static void Drop(ref Storage? storage, ref int more)
    {
        var first = storage;
        storage = null;
        first?.Release();
        while (more != None)
        {
            _gate.Enter();
            var next = FreeCell(ref more);
            _gate.Exit();
            next.Release();
        }
    }

    private static Storage? FreeSlot(int index, out int more)
    {
        // The handle keeps its target until the next tenant: it is weak, and NextFree says that the slot is free.
        ref var slot = ref _slots[index];
        var storage = slot.Storage;
        more = slot.More;
        slot.Storage = null;
        slot.More = None;
        slot.NextFree = _freeSlot;
        _freeSlot = index;
        _used--;
        return storage;
    }

    private static int TakeCell(Storage storage, int next)
    {
        int index = _freeCell;
        ref var cell = ref _cells[index];
        _freeCell = cell.Next;
        _usedCells++;
        cell.Storage = storage;
        cell.Next = next;
        return index;
    }

    private static Storage FreeCell(ref int index)
    {
        ref var cell = ref _cells[index];
        var storage = cell.Storage!;
        (cell.Storage, cell.Next, _freeCell, index) = (null, _freeCell, index, cell.Next);
        _usedCells--;
        return storage;
    }

    /// <summary>
    /// Views alone take slots without renting, so nothing else might look for vanished owners: looks first, and doubles the quota where
    /// less than a quarter is free then.
    /// </summary>
    private static void MakeRoom(int storages)
    {
        Sweep(); // what a collection by others has found
        int quota = Volatile.Read(ref _quota);
        if (quota >= ManyOwners && (Count >= Most(quota) || MayBeFewer(quota)) && (quota >= TooManyOwners || Collector.Shared.Generation0IsCheap(quota)))
        {
            Collector.Shared.Collect(0);
            Sweep();
        }

        lock (GrowGate)
        {
            if (_used < quota / 4)
                _untilSmaller.Report(worked: true);
            if (_used >= Most(_quota))
            {
                if (_quota == _slots.Length)
                    GrowSlots();
                else
                    Volatile.Write(ref _quota, _quota * 2);
            }
            else if (_used < _quota / 4 && _quota > ManyOwners)
            {
                Volatile.Write(ref _quota, _quota / 2);
            }

            if (_end > _quota && _untilLowest.IsDue())
            {
                int end = _end;
                LowestFirst();
                _untilLowest.Report(worked: _end < end);
            }

            if (_usedCells + storages >= _cells.Length - (_cells.Length / 4))
                GrowCells(storages);
        }
    }

    /// <summary>
    /// Whether a collection is worth it though there is room: those that come by themselves can keep step with the looks, so that each finds the same part of the
    /// quota in use, nearly all of it vanished since, and a quota that a burst left would stay for good.
    /// </summary>
    private static bool MayBeFewer(int quota)
    {
        lock (GrowGate)
        {
            if (quota == ManyOwners || Count < quota / 4 || !_untilSmaller.IsDue())
                return false;
            _untilSmaller.Report(worked: false); // until it is seen to
            return true;
        }
    }

    /// <summary>What may be used of a quota after a look: else the next one would come too soon.</summary>
    private static int Most(int quota) => quota - (quota / 4);

    /// <summary>
    /// A few collections that something delayed, or a burst of tensors, must not slow down all that follows: owners go to the low slots
    /// again, which the caches hold, and sweeps end with the last of them.
    /// </summary>
    private static void LowestFirst()
    {
        _gate.Enter();
        _freeSlot = None;
        _end = 0;
        for (int i = _slots.Length - 1; i >= 0; i--)
        {
            ref int next = ref _slots[i].NextFree;
            if (next == Occupied)
                _end = Math.Max(_end, i + 1);
            else
                (next, _freeSlot) = (_freeSlot, i);
        }

        _gate.Exit();
    }

    private static void GrowSlots()
    {
        int old = _slots.Length;
        var slots = new Slot[Math.Max(FirstSlots, old * 2)];
        for (int i = old; i < slots.Length; i++)
        {
            slots[i].Owner = new WeakGCHandle<object>(null!, trackResurrection: true);
            slots[i].More = None;
            slots[i].NextFree = i + 1;
        }

        _gate.Enter();
        _slots.CopyTo(slots, 0);
        slots[^1].NextFree = _freeSlot;
        _freeSlot = old;
        Volatile.Write(ref _slots, slots);
        _quota = slots.Length;
        _gate.Exit();
    }

    private static void GrowCells(int storages)
    {
        int old = _cells.Length;
        var cells = new Cell[Math.Max(FirstSlots, (old * 2) + storages)];
        for (int i = old; i < cells.Length; i++)
            cells[i].Next = i + 1;
        _gate.Enter();
        _cells.CopyTo(cells, 0);
        cells[^1].Next = _freeCell;
        _freeCell = old;
        _cells = cells;
        _gate.Exit();
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

    /// <summary>What a slot that is free again owned.</summary>
    private struct Owned
    {
        public Storage? Storage;
        public int More;
    }

    private struct Cell
    {
        public Storage? Storage;
        public int Next;
    }
}
