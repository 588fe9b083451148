using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>
/// Compiled graphs by structure and sizes, and beneath them sessions by model: a structure at new sizes is lowered again, which is cheap,
/// and shares the session where its model is the same. The graphs unused for longest go when a limit is passed, of bytes or of sessions, a
/// session with the last of its graphs. Thread-safe.
/// </summary>
internal sealed class SessionCache(DeviceId device, long limit, int mostSessions, OnnxCounters counters, ILogger logger) : IDisposable
{
    /// <summary>So many lookups are judged together; more than half of them missing is a storm.</summary>
    private const int Window = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<GraphKey, LinkedListNode<CompiledGraph>> _graphs = [];
    private readonly Dictionary<ByteString, GraphSession> _sessions = [];
    private readonly LinkedList<CompiledGraph> _byUse = new(); // most recent first
    private long _bytes;
    private int _lookups, _misses;
    private bool _closed;

    /// <summary>Sessions that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _sessions.Count;
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
    public CompiledGraph Rent(GraphKey key, Func<GraphKey, LoweredGraph> lower, Func<LoweredGraph, GraphSession> compile)
    {
        if (Find(key) is { } known)
        {
            Looked(hit: true);
            return known;
        }

        // Lowered and compiled outside the lock: others go on.
        var lowered = lower(key);
        var session = Find(lowered.Model);
        Looked(hit: session is not null);
        if (session is null)
        {
            session = Share(compile(lowered));
            counters.SessionCreated();
        }
        else
        {
            counters.Resized();
        }

        return Add(new CompiledGraph(key, session, lowered));
    }

    public void Return(CompiledGraph graph)
    {
        lock (_gate)
        {
            graph.Users--;
            if (!graph.Evicted || graph.Users > 0)
                return;
        }

        Dispose(graph);
    }

    /// <summary>Computes, and where memory does not suffice once more without the graphs that are kept: they hold some of it.</summary>
    public void MakingRoom(Action compute)
    {
        try
        {
            compute();
        }
        catch (DeviceOutOfMemoryException) when (Count > 0)
        {
            Clear(counted: true);
            compute();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _closed = true;
        Clear(counted: false);
    }

    private void Clear(bool counted)
    {
        List<CompiledGraph> idle = [];
        lock (_gate)
        {
            while (_byUse.Last is { } last)
                if (Drop(last, idle) && counted)
                    counters.Evicted();
        }

        idle.ForEach(Dispose);
    }

    private CompiledGraph? Find(GraphKey key)
    {
        lock (_gate)
        {
            if (!_graphs.TryGetValue(key, out var entry))
                return null;
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
            entry.Value.Users++;
            return entry.Value;
        }
    }

    /// <summary>The session of a model, with a user more.</summary>
    private GraphSession? Find(ByteString model)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(model, out var session))
                session.Users++;
            return session;
        }
    }

    /// <summary>Keeps a session, or takes the one that another thread compiled meanwhile; with a user more.</summary>
    private GraphSession Share(GraphSession compiled)
    {
        GraphSession shared;
        lock (_gate)
        {
            shared = _sessions.GetValueOrDefault(compiled.Model) ?? compiled;
            shared.Users++;
        }

        if (shared != compiled)
            compiled.Dispose();
        return shared;
    }

    /// <summary>Keeps a graph, or takes the one that another thread made meanwhile.</summary>
    private CompiledGraph Add(CompiledGraph graph)
    {
        List<CompiledGraph> idle = [];
        lock (_gate)
        {
            if (_graphs.TryGetValue(graph.Key, out var other))
            {
                idle.Add(graph);
                graph = other.Value;
            }
            else if (_closed || (_sessions.TryGetValue(graph.Session.Model, out var shared) && shared != graph.Session))
            {
                graph.Evicted = true; // used once: its session was let go, or another one was faster
            }
            else
            {
                Keep(graph);
                Evict(idle);
            }

            graph.Users++;
        }

        idle.ForEach(Dispose);
        return graph;
    }

    private void Keep(CompiledGraph graph)
    {
        _graphs.Add(graph.Key, _byUse.AddFirst(graph));
        _bytes += graph.Bytes;
        if (graph.Session.Kept++ > 0)
            return;
        _sessions.Add(graph.Session.Model, graph.Session);
        _bytes += graph.Session.Bytes;
    }

    /// <summary>The one just added stays, however large.</summary>
    private void Evict(List<CompiledGraph> idle)
    {
        while ((_bytes > limit || _sessions.Count > mostSessions) && _byUse.Count > 1)
            if (Drop(_byUse.Last!, idle))
                counters.Evicted();
    }

    /// <summary>Lets go of a graph; true when its session goes with it.</summary>
    private bool Drop(LinkedListNode<CompiledGraph> entry, List<CompiledGraph> idle)
    {
        var graph = entry.Value;
        _byUse.Remove(entry);
        _graphs.Remove(graph.Key);
        _bytes -= graph.Bytes;
        graph.Evicted = true;
        if (graph.Users == 0)
            idle.Add(graph);
        if (--graph.Session.Kept > 0)
            return false;
        _sessions.Remove(graph.Session.Model);
        _bytes -= graph.Session.Bytes;
        return true;
    }

    /// <summary>Disposes a graph that nobody uses, and its session with the last one.</summary>
    private void Dispose(CompiledGraph graph)
    {
        graph.Dispose();
        lock (_gate)
            if (--graph.Session.Users > 0)
                return;
        graph.Session.Dispose();
    }

    private void Looked(bool hit)
    {
        bool storm;
        lock (_gate)
        {
            _misses += hit ? 0 : 1;
            storm = ++_lookups == Window && _misses > Window / 2;
            if (_lookups == Window)
                (_lookups, _misses) = (0, 0);
        }

        counters.Looked(hit);
        if (storm)
            Log.MissStorm(logger, device.Text, Window);
    }
}
