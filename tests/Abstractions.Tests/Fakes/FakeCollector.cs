namespace Nabla.Tests;

/// <summary>A collector whose collections cost what a test says and find what it says.</summary>
internal sealed class FakeCollector : ICollector
{
    public bool CollectedSinceSweep { get; set; }

    public bool Generation2IsDue { get; set; }

    public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan Cost { get; set; }

    /// <summary>0, 1, 2: a collection; -1: a sweep.</summary>
    public List<int> Calls { get; } = [];

    public Action OnSweep { get; set; } = () => { };

    /// <summary>The highest generation collected since the last sweep; -1 after a natural collection.</summary>
    public int LastGeneration { get; private set; } = -1;

    public void Collect(int generation)
    {
        Calls.Add(generation);
        LastGeneration = generation;
        Now += Cost;
    }

    public void Sweep()
    {
        Calls.Add(-1);
        OnSweep();
        LastGeneration = -1;
        CollectedSinceSweep = false;
    }
}
