namespace Nabla;

/// <summary>
/// Decides when a pool looks for dropped tensors, and how hard. The aim: memory stays near what is alive, and the search stays a
/// small part of the time. One reclaim runs at a time in the process; the caller sees to that.
/// </summary>
/// <remarks>The constants come from measurement; see docs/decisions.</remarks>
internal sealed class Pacing
{
    /// <summary>The target never falls below this: small programs never reclaim at all.</summary>
    public const long SmallestTarget = 24L << 20;

    /// <summary>What the target leaves above 1.25 of the live bytes, at first and at least.</summary>
    public const long SmallestSlack = 4L << 20;

    /// <summary>The most of it.</summary>
    public const long LargestSlack = 256L << 20;

    /// <summary>
    /// What must be left for the older generations to be worth a look. For generation 2, too: it also frees large arrays of the program's own, such
    /// as those that data came from, before the pool grows beside them.
    /// </summary>
    private const long SmallestForOlder = 24L << 20;

    private const double TooMuchTime = 0.10, LittleTime = 0.02;

    /// <summary>So many in a row: a few may be collections that something else delayed, such as other processes on every core.</summary>
    private const int Patience = 4;

    private readonly ICollector _collector;
    private long _afterGeneration1, _afterGeneration2;
    private TimeSpan _lastEnd;
    private int _tooMuch;
    private PacingFigures _figures;

    public Pacing(ICollector collector)
    {
        _collector = collector;
        _lastEnd = collector.Now;
    }

    /// <summary>Leased bytes that are fine.</summary>
    public long Target { get; private set; } = SmallestTarget;

    /// <summary>See <see cref="SmallestSlack"/>.</summary>
    public long Slack { get; private set; } = SmallestSlack;

    /// <summary>What was done so far.</summary>
    public PacingFigures Figures => _figures;

    /// <summary>Gets back what was dropped, and sets the next target.</summary>
    /// <param name="pool">Says what is leased.</param>
    /// <param name="need">Bytes that are about to be leased.</param>
    /// <param name="limit">Leased bytes that must not be passed: worth any collection.</param>
    /// <param name="thorough">Whether a block could not be had at all: worth any collection, too.</param>
    public void Reclaim(ILeasing pool, long need, long limit, bool thorough)
    {
        var started = _collector.Now;
        bool found = _collector.CollectedSinceSweep;
        if (found)
            Look(pool, ref _figures.Sweeps, -1);
        bool collects = !found || pool.Leased + need > Math.Min(Target, limit) / 4 * 3;
        if (collects)
            Look(pool, ref _figures.Generation0, 0);
        if (pool.Leased > Math.Max(SmallestForOlder, _afterGeneration1 / 2 * 3) || pool.Leased + need > limit)
        {
            Look(pool, ref _figures.Generation1, 1);
            _afterGeneration1 = pool.Leased;
        }

        bool grown = pool.Leased > Math.Max(SmallestForOlder, _afterGeneration2 / 2 * 3);
        if (thorough || pool.Leased + need > limit || (grown && _collector.Generation2IsDue))
        {
            Look(pool, ref _figures.Generation2, 2);
            _afterGeneration1 = _afterGeneration2 = pool.Leased;
        }

        // A program that shrinks has less to compare with, or its garbage could grow to what it once needed.
        long leased = pool.Leased;
        _afterGeneration1 = Math.Min(_afterGeneration1, leased);
        _afterGeneration2 = Math.Min(_afterGeneration2, leased);
        Adapt(started, leased + need, collects);
    }

    private void Adapt(TimeSpan started, long live, bool collected)
    {
        var now = _collector.Now;
        _figures.Reclaims++;
        _figures.Time += now - started;
        double share = (now - started) / TimeSpan.FromTicks(Math.Max(1, (now - _lastEnd).Ticks));
        _lastEnd = now;
        _tooMuch = share > TooMuchTime ? _tooMuch + 1 : 0;
        if (_tooMuch == Patience)
            (Slack, _tooMuch) = (Math.Min(LargestSlack, Slack / 2 * 3), 0);
        else if (share < LittleTime)
            Slack = Math.Max(SmallestSlack, Slack / 10 * 9);
        long target = Math.Max(Math.Max(SmallestTarget, Target / 10 * 9), (live / 4 * 5) + Slack);
        Target = collected ? target : Math.Min(Target, target); // what a sweep alone leaves is not all alive: some was dropped since the collection
    }

    private void Look(ILeasing pool, ref ReclaimFigures figures, int generation)
    {
        var started = _collector.Now;
        long before = pool.Leased;
        if (generation >= 0)
            _collector.Collect(generation);
        _collector.Sweep();
        figures = figures.Plus(_collector.Now - started, Math.Max(0, before - pool.Leased));
    }
}

/// <summary>What <see cref="Pacing"/> watches.</summary>
internal interface ILeasing
{
    /// <summary>Bytes that have an owner.</summary>
    long Leased { get; }
}

/// <summary>What reclaiming did so far, by cause.</summary>
internal struct PacingFigures
{
    public long Reclaims;
    public TimeSpan Time;
    public ReclaimFigures Sweeps, Generation0, Generation1, Generation2;
}
