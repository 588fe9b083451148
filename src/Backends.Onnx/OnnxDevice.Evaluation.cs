namespace Nabla;

public sealed partial class OnnxDevice
{
    /// <summary>Held while a graph is planned and while its results are stored, so that no value is released in between; never while it runs.</summary>
    private readonly Lock _planning = new();

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<DeviceTensor> roots)
    {
        ThrowIfDisposed();
        using var recorder = new Recorder(this);
        var values = new RecordedValue[roots.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = recorder.Own(Own(roots[i], "evaluate").Read());
        Evaluate(values, CancellationToken.None);
    }

    /// <summary>Evaluates a value if the nodes beneath it are as many as its bound says; else says when to count again.</summary>
    internal void EvaluateIfTooMany(RecordedValue value, long now)
    {
        int count;
        lock (_planning)
        {
            using var plan = GraphPlan.Build([value]);
            count = plan.Nodes.Count;
        }

        if (count >= MaxPendingNodes)
            Evaluate([value], CancellationToken.None);
        else
            value.CountAt = now + Math.Max(MaxPendingNodes - count, (MaxPendingNodes / 10) + 1);
    }

    /// <summary>Computes pending values together; the caller owns them.</summary>
    private void Evaluate(RecordedValue[] values, CancellationToken cancellation)
    {
        values = [.. values.Where(v => v.IsPending).Distinct()];
        if (values.Length == 0)
            return;
        CompleteEmpty(ref values);
        if (values.Length == 0)
            return;
        GraphPlan plan;
        GraphKey key;
        lock (_planning)
        {
            values = [.. values.Where(v => v.IsPending)]; // another thread may have computed some
            if (values.Length == 0)
                return;
            plan = GraphPlan.Build(values);
            key = plan.Key();
        }

        using (plan)
            Run(plan, key, cancellation);
    }

    /// <summary>Values without elements need no graph.</summary>
    private void CompleteEmpty(ref RecordedValue[] values)
    {
        foreach (var value in values.Where(v => v.Spec.Shape.ElementCount == 0))
            Complete(value, _memory.Rent(0));
        values = [.. values.Where(v => v.Spec.Shape.ElementCount > 0)];
    }

    private void Run(GraphPlan plan, GraphKey key, CancellationToken cancellation)
    {
        var buffers = new HostStorage[plan.Roots.Count];
        int rented = 0, recomputed = 0;
        try
        {
            for (; rented < buffers.Length; rented++)
                buffers[rented] = _memory.Rent(plan.Roots[rented].Spec.ByteLength);
            _sessions.MakingRoom(() =>
            {
                var graph = _sessions.Rent(key, k => GraphCompiler.Lower(plan, k), l => GraphCompiler.Compile(plan, l, _sessionOptions));
                try
                {
                    graph.Run(plan, buffers, cancellation);
                }
                finally
                {
                    _sessions.Return(graph);
                }
            });
        }
        catch
        {
            foreach (var buffer in buffers.AsSpan(0, rented))
                buffer.Release();
            throw;
        }

        foreach (var node in plan.Nodes)
            if (node.Op is not ViewOp && Interlocked.Increment(ref node.Runs) > 1)
                recomputed++;
        _counters.Ran(plan.Nodes.Count, recomputed);
        for (int i = 0; i < buffers.Length; i++)
            Complete(plan.Roots[i], buffers[i]);
    }

    private void Complete(RecordedValue value, HostStorage buffer)
    {
        lock (_planning)
        {
            if (value.IsPending)
            {
                value.Complete(buffer);
                return;
            }
        }

        buffer.Release(); // another thread was faster
    }
}
