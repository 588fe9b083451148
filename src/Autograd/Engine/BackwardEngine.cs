using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Walks the graph from the outputs to the leaves. A node runs when everything that depends on it has run: numbers only grow along the
/// graph, so an iterative heap on them gives the order, and nothing recurses.
/// </summary>
internal sealed class BackwardEngine
{
    private readonly PriorityQueue<Node, long> _ready = new();
    private readonly InboxSet _inboxes = new();
    private readonly Dictionary<Edge, Tensor?>? _captures;
    private readonly HashSet<Node>? _needed;
    private readonly bool _createGraph;
    private readonly IInterceptor? _interceptor = Ambient.Current?.Interceptor;

    private BackwardEngine(bool createGraph, Dictionary<Edge, Tensor?>? captures, HashSet<Node>? needed)
    {
        _createGraph = createGraph;
        _captures = captures;
        _needed = needed;
    }

    /// <summary>
    /// Runs a backward pass.
    /// </summary>
    /// <param name="outputs">Where it starts.</param>
    /// <param name="gradients">Their gradients; null for ones, which only single elements have.</param>
    /// <param name="retainGraph">Whether saved tensors are kept.</param>
    /// <param name="createGraph">Whether the pass is recorded.</param>
    /// <param name="captures">
    /// Null: leaves accumulate. Else receives the gradients of these edges, and leaves stay as they are.
    /// </param>
    public static void Run(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients, bool retainGraph, bool createGraph, Dictionary<Edge, Tensor?>? captures)
    {
        using var outside = TemporaryScope.Suspend();
        using var mode = Autograd.GradMode(createGraph);
        var needed = captures is null ? null : Needed(outputs, captures.Keys);
        var engine = new BackwardEngine(createGraph, captures, needed);
        using var pass = engine._interceptor?.Range("backward", RangeKind.Backward);
        try
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                var edge = outputs[i].GradEdge;
                if (!edge.Exists)
                    throw new AutogradException("Backward", "the tensor does not require a gradient and was not computed from one that does; set requiresGrad on a leaf it depends on.");
                var gradient = Start(outputs[i], gradients[i]);
                DeferredRoots.Add(outputs[i].Data);
                engine.Deliver(edge, gradient.Data, gradient.History);
            }

            engine.Drain(retainGraph);
        }
        finally
        {
            engine.ReleaseArrived();
        }
    }

    /// <summary>The gradient that a pass starts with.</summary>
    private static Tensor Start(Tensor output, Tensor? gradient)
    {
        if (gradient is null)
        {
            return output.ElementCount == 1
                ? Tensor.Ones(output.Shape, output.DType, output.Device)
                : throw new AutogradException("Backward", $"the gradient of {output.Shape} is not implied, as that of one element is; pass gradient:, or reduce to one element first.");
        }

        if (gradient.Shape != output.Shape)
            throw new AutogradException("Backward", $"the gradient has the shape {gradient.Shape}, the tensor {output.Shape}.");
        if (gradient.Data.Device != output.Data.Device && !(gradient.Data.Device.Traits.HostMemory && output.Data.Device.Traits.HostMemory))
            throw new DeviceMismatchException("Backward", $"the gradient lives on {gradient.Device.Id}, the tensor on {output.Device.Id}; move one with To(device).");
        return gradient.DType == output.DType ? gradient : gradient.To(output.DType);
    }

    /// <summary>The nodes from which one of the edges can be reached: the others need not run.</summary>
    private static HashSet<Node> Needed(ReadOnlySpan<Tensor> outputs, IEnumerable<Edge> targets)
    {
        var needed = new HashSet<Node>(targets.Select(t => t.Node!));
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var stack = new Stack<Node>();
        foreach (var output in outputs)
            if (output.GradEdge.Node is { } start && seen.Add(start))
                stack.Push(start);
        while (stack.TryPop(out var node))
        {
            order.Add(node);
            foreach (var edge in node.Next)
                if (edge.Node is { } next && seen.Add(next))
                    stack.Push(next);
        }

        // Ascending numbers: what a node depends on is decided before it.
        order.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (var node in order)
            if (!node.IsLeaf && Array.Exists(node.Next, e => e.Node is not null && needed.Contains(e.Node)))
                needed.Add(node);
        return needed;
    }

    private void Drain(bool retainGraph)
    {
        while (_ready.TryDequeue(out var node, out _))
        {
            var inbox = _inboxes.Take(node);
            using var range = _interceptor?.Range($"{node.Name} backward", RangeKind.Backward);
            try
            {
                if (_createGraph)
                {
                    Step(node, inbox.Slots);
                }
                else
                {
                    using var scope = TemporaryScope.Open();
                    Step(node, inbox.Slots);
                }
            }
            finally
            {
                _inboxes.Return(inbox);
            }

            if (!retainGraph)
                node.ReleaseSaved();
        }
    }

    private void Step(Node node, Span<Arrived> arrived)
    {
        var next = node.Next;
        TensorBuffer gradientBuffer = default, resultBuffer = default;
        Span<Tensor?> gradients = arrived.Length <= TensorBuffer.Length ? gradientBuffer[..arrived.Length] : new Tensor?[arrived.Length];
        Span<Tensor?> results = next.Length <= TensorBuffer.Length ? resultBuffer[..next.Length] : new Tensor?[next.Length];
        for (int i = 0; i < arrived.Length; i++)
        {
            if (arrived[i].Data is not { } data)
                continue;
            gradients[i] = new Tensor(data, arrived[i].History); // takes over the count that the delivery added
            arrived[i] = default;
        }

        if (!node.Hooks.IsEmpty)
            RunHooks(node, gradients);
        if (_captures is not null)
            Capture(node, gradients);
        if (node is LeafNode leaf)
        {
            if (_captures is null)
                leaf.Accumulate(gradients[0]!, _createGraph);
            return;
        }

        ulong wanted = 0;
        for (int i = 0; i < next.Length; i++)
            if (next[i].Node is { } target && (_needed is null || _needed.Contains(target)))
                wanted |= 1ul << Math.Min(i, 63);
        if (wanted == 0)
            return;
        node.Backward(gradients, results, wanted);
        for (int i = 0; i < results.Length; i++)
            if (results[i] is { } gradient && next[i].Node is { } target && (_needed is null || _needed.Contains(target)))
                Deliver(next[i], gradient.Data, gradient.History);
        foreach (var gradient in gradients)
            GC.KeepAlive(gradient);
    }

    /// <summary>Adds a gradient to what has arrived at an edge; keeps a count on its storage.</summary>
    private void Deliver(Edge edge, DeviceTensor data, History? history)
    {
        var node = edge.Node!;
        var inbox = _inboxes.Of(node, out bool known);
        if (!known)
            _ready.Enqueue(node, node.IsLeaf ? long.MaxValue : -node.Sequence); // leaves come last: each is reached once, with its whole gradient

        ref var slot = ref inbox.Slots[edge.Output];
        if (slot.Data is null)
        {
            data.Storage.Retain();
            slot = new(data, history, Owned: false);
            return;
        }

        Sum(ref slot, data, history);
    }

    private void Sum(ref Arrived slot, DeviceTensor data, History? history)
    {
        if (slot.Owned && !_createGraph)
        {
            Dispatch.Execute(data.Device, BinaryOp.Add, [slot.Data!, data], default, slot.Data);
            return;
        }

        using var handles = _createGraph ? null : TemporaryScope.Open();
        data.Storage.Retain();
        var before = new Tensor(slot.Data!, slot.History);
        var sum = before + new Tensor(data, history);
        sum.Data.Storage.Retain();
        slot = new(sum.Data, sum.History, Owned: !_createGraph);
    }

    private static void RunHooks(Node node, Span<Tensor?> gradients)
    {
        foreach (var hook in node.Hooks)
        {
            if (gradients[hook.Output] is not { } gradient)
                continue;
            Tensor seen;
            Tensor? replaced;
            using (TemporaryScope.Suspend())
            {
                gradient.Data.Storage.Retain(); // user code may keep the handle
                seen = new Tensor(gradient.Data, gradient.History);
                replaced = hook.Call(seen);
            }

            if (replaced is null)
                continue;
            if (replaced.Shape != gradient.Shape)
                throw new AutogradException(node.Name, $"a hook made a gradient of {replaced.Shape} of one of {gradient.Shape}; the shape stays.");
            gradients[hook.Output] = replaced.Cast(gradient.DType);
        }
    }

    private void Capture(Node node, ReadOnlySpan<Tensor?> gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not { } gradient || !_captures!.ContainsKey(new Edge(node, i)))
                continue;
            using var _ = TemporaryScope.Suspend();
            gradient.Data.Storage.Retain();
            _captures[new Edge(node, i)] = new Tensor(gradient.Data, gradient.History);
        }
    }

    /// <summary>After an exception: gives back what was on its way.</summary>
    private void ReleaseArrived()
    {
        while (_ready.TryDequeue(out var node, out _))
        {
            var inbox = _inboxes.Take(node);
            foreach (ref var slot in inbox.Slots)
            {
                slot.Data?.Storage.Release();
                slot = default;
            }

            _inboxes.Return(inbox);
        }
    }

    [InlineArray(Length)]
    private struct TensorBuffer
    {
        public const int Length = 8;
        private Tensor? _first;
    }
}
