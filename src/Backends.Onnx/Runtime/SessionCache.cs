using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>Compiled graphs by structure; those unused for longest go when the limit is passed. Thread-safe.</summary>
internal sealed class SessionCache(DeviceId device, long limit, OnnxCounters counters, ILogger logger) : IDisposable
{
    /// <summary>So many lookups are judged together; more than half of them missing is a storm.</summary>
    private const int Window = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<GraphKey, LinkedListNode<CompiledGraph>> _entries = [];
    private readonly LinkedList<CompiledGraph> _byUse = new(); // most recent first
    private long _bytes;
    private int _lookups, _misses;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>The compiled graph of a structure; give it back with <see cref="Return"/>.</summary>
    public CompiledGraph Rent(GraphKey key, Func<GraphKey, CompiledGraph> compile)
    {
        if (Find(key) is { } known)
            return known;
        var compiled = compile(key); // outside the lock: others go on
        List<CompiledGraph> evicted = [];
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var other))
            {
                evicted.Add(compiled); // another thread was faster
                compiled = other.Value;
            }
            else if (_closed)
            {
                compiled.Evicted = true;
            }
            else
            {
                _entries.Add(key, _byUse.AddFirst(compiled));
                _bytes += compiled.Bytes;
                Evict(evicted);
            }

            compiled.Users++;
        }

        foreach (var graph in evicted)
            graph.Dispose();
        counters.SessionCreated();
        return compiled;
    }

    public void Return(CompiledGraph graph)
    {
        lock (_gate)
        {
            graph.Users--;
            if (!graph.Evicted || graph.Users > 0)
                return;
        }

        graph.Dispose();
    }

    public void Dispose()
    {
        List<CompiledGraph> idle = [];
        lock (_gate)
        {
            _closed = true;
            foreach (var graph in _byUse)
                Drop(graph, idle);
            _byUse.Clear();
            _entries.Clear();
            _bytes = 0;
        }

        foreach (var graph in idle)
            graph.Dispose();
    }

    private CompiledGraph? Find(GraphKey key)
    {
        bool hit, storm;
        CompiledGraph? found = null;
        lock (_gate)
        {
            hit = _entries.TryGetValue(key, out var entry);
            if (hit)
            {
                _byUse.Remove(entry!);
                _byUse.AddFirst(entry!);
                found = entry!.Value;
                found.Users++;
            }

            _misses += hit ? 0 : 1;
            storm = ++_lookups == Window && _misses > Window / 2;
            if (_lookups == Window)
                (_lookups, _misses) = (0, 0);
        }

        counters.Looked(hit);
        if (storm)
            Log.MissStorm(logger, device.Text, Window);
        return found;
    }

    /// <summary>The one just added stays, however large.</summary>
    private void Evict(List<CompiledGraph> idle)
    {
        while (_bytes > limit && _byUse.Count > 1)
        {
            var last = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _entries.Remove(last.Key);
            _bytes -= last.Bytes;
            counters.Evicted();
            Drop(last, idle);
        }
    }

    private static void Drop(CompiledGraph graph, List<CompiledGraph> idle)
    {
        graph.Evicted = true;
        if (graph.Users == 0)
            idle.Add(graph);
    }
}
