namespace Nabla;

/// <summary>What distinguishes the rows of the table.</summary>
internal readonly record struct ProfileKey(string Name, ProfileKind Kind, bool IsBackward, DeviceId? Device, string Inputs);

/// <summary>What an event is of.</summary>
internal enum ProfileKind
{
    Operation,
    View,
    Copy,
    Range,
}

/// <summary>One event, with times in ticks of the stopwatch.</summary>
internal readonly record struct ProfileEvent(ProfileKey Key, long Start, long End, long Allocated, long Moved);

/// <summary>The sum of the events of one key.</summary>
internal struct ProfileSum
{
    public long Calls, Ticks, Allocated, Moved;

    public void Add(in ProfileEvent e)
    {
        Calls++;
        Ticks += e.End - e.Start;
        Allocated += e.Allocated;
        Moved += e.Moved;
    }

    public void Add(in ProfileSum other)
    {
        Calls += other.Calls;
        Ticks += other.Ticks;
        Allocated += other.Allocated;
        Moved += other.Moved;
    }
}
