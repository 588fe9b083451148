using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>What one thread did. Written by that thread, read by whoever prints.</summary>
internal sealed class ProfileLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProfileKey, ProfileSum> _sums = [];
    private readonly List<ProfileEvent> _events = [];
    private readonly Stack<(Op Op, long Start)> _running = new();

    public int ThreadId { get; } = Environment.CurrentManagedThreadId;

    public string ThreadName { get; } = Thread.CurrentThread.Name ?? (Thread.CurrentThread.IsThreadPoolThread ? "thread pool" : "thread");

    /// <summary>Backward passes that the thread is in.</summary>
    public int BackwardDepth { get; set; }

    /// <summary>An operation starts.</summary>
    public void Begin(Op op) => _running.Push((op, Profiler.Now));

    /// <summary>When the operation started. Others above it on the stack ended by an exception.</summary>
    public bool TryEnd(Op op, out long start)
    {
        while (_running.TryPop(out var top))
        {
            start = top.Start;
            if (ReferenceEquals(top.Op, op))
                return true;
        }

        start = 0;
        return false;
    }

    public void Add(in ProfileEvent e, bool keep)
    {
        lock (_gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_sums, e.Key, out _).Add(e);
            if (keep)
                _events.Add(e);
        }
    }

    /// <summary>Adds what was summed up so far.</summary>
    public void AddTo(Dictionary<ProfileKey, ProfileSum> sums)
    {
        lock (_gate)
            foreach (var (key, sum) in _sums)
                CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _).Add(sum);
    }

    /// <summary>The events so far.</summary>
    public ProfileEvent[] Events()
    {
        lock (_gate)
            return [.. _events];
    }
}
