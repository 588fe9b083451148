using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Walks the graph from the outputs to the leaves. A node runs when everything that depends on it has run: numbers only grow along the
/// graph, so an iterative heap on them gives the order, and nothing recurses.
/// </summary>
internal sealed class BackwardEngine
{
    [ThreadStatic]
    private static BackwardEngine? s_spare;

    private readonly ReadyNodes _ready = new();
    private readonly InboxSet _inboxes = new();
    private Dictionary<Edge, Tensor?>? _captures;
    private HashSet<Node>? _needed;
    private bool _createGraph;
    private IInterceptor? _interceptor;
    private TemporaryScope? _scope; // what owns the pass's own handles; null where the backward is recorded

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
        var engine = s_spare ?? new BackwardEngine(); // a hook may start a pass within the pass
        s_spare = null;
        engine._createGraph = createGraph;
        engine._captures = captures;
        engine._interceptor = Ambient.Current?.Interceptor;
        try
        {
            engine.Run(outputs, gradients, retainGraph);
        }
        finally
        {
            engine.ReleaseArrived();
            (engine._captures, engine._needed, engine._interceptor, engine._scope) = (null, null, null, null);
            s_spare = engine;
        }
    }

    /// <remarks>
    /// Without a graph of the backward no tensor in it has a history, so nothing is recorded whatever the mode: to set the mode would cost
    /// more than a node.
    /// </remarks>
    private void Run(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients, bool retainGraph)
    {
        using TemporaryScope.Suspension? outside = _createGraph ? TemporaryScope.Suspend() : null;
        using AmbientScope? mode = _createGraph ? Autograd.EnableGrad() : null;
        using var scope = _scope = _createGraph ? null : TemporaryScope.Open();
        _needed = _captures is null ? null : Needed(outputs, _captures.Keys);
        using var pass = _interceptor?.Range("backward", RangeKind.Backward);
        for (int i = 0; i < outputs.Length; i++)
        {
            var edge = outputs[i].GradEdge;
            if (!edge.Exists)
                throw new AutogradException("Backward", "the tensor does not require a gradient and was not computed from one that does; set requiresGrad on a leaf it depends on.");
            var gradient = Plain(Start(outputs[i], gradients[i]));
            DeferredRoots.Add(outputs[i].Data);
            Deliver(edge, gradient);
        }

        while (_ready.Take() is { } node)
        {
            bool claimed = Visit(node, claim: !retainGraph);
            try
            {
                scope?.Release();
            }
            finally
            {
                if (claimed)
                    node.ReleaseSaved();
            }
        }
    }

    /// <summary>The gradient that a pass starts with.</summary>
    private static Tensor Start(Tensor output, Tensor? gradient)
    {
        if (gradient is null)
            return output.ElementCount == 1 ? Tensor.OnesLike(output) : throw NotImplied(output);
        return Fit("Backward", "the gradient", gradient, output);
    }

    // Made elsewhere: what builds the message would be cleared on the stack of every pass at its start.
    private static AutogradException NotImplied(Tensor output) => new(
        "Backward", $"the gradient of {output.Shape} is not implied, as that of one element is; pass gradient:, or reduce to one element first.");

    /// <summary>A gradient that a user made, in the element type of what it stands beside; shape and device are that one's already.</summary>
    private static Tensor Fit(string name, string what, Tensor gradient, Tensor beside)
    {
        if (gradient.Shape != beside.Shape)
            throw new AutogradException(name, $"{what} has the shape {gradient.Shape}, not {beside.Shape}.");
        var (device, expected) = (gradient.Data.Device, beside.Data.Device);
        if (device != expected && !(device.Traits.HostMemory && expected.Traits.HostMemory))
            throw new DeviceMismatchException(name, $"{what} lives on {device.Id}, not on {expected.Id}; move it with To(device).");
        return gradient.Cast(beside.DType);
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
            foreach (ref readonly var input in node.Inputs)
                if (input.Node is { } next && seen.Add(next))
                    stack.Push(next);
        }

        // Ascending numbers: what a node depends on is decided before it.
        order.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (var node in order)
            foreach (ref readonly var input in node.Inputs)
                if (input.Node is { } next && needed.Contains(next))
                    needed.Add(node);
        return needed;
    }

    /// <summary>Runs a node; returns whether the pass has claimed what it saves, and is to free it.</summary>
    private bool Visit(Node node, bool claim)
    {
        var inbox = _inboxes.Take(node);
        using var range = _interceptor is null ? null : Range(node);
        bool claimed = false, done = false;
        try
        {
            Step(node, inbox.Slots, claim, ref claimed);
            done = true;
            return claimed;
        }
        finally
        {
            _inboxes.Return(inbox);
            if (claimed && !done)
                node.Unclaim(); // the caller may try again
        }
    }

    private IDisposable? Range(Node node) => _interceptor!.Range($"{node.Name} backward", RangeKind.Backward);

    private void Step(Node node, Span<Arrived> arrived, bool claim, ref bool claimed)
    {
        var next = node.Inputs;
        TensorBuffer gradientBuffer = default, resultBuffer = default;
        Span<Tensor?> gradients = arrived.Length <= TensorBuffer.Length ? gradientBuffer[..arrived.Length] : new Tensor?[arrived.Length];
        Span<Tensor?> results = next.Length <= TensorBuffer.Length ? resultBuffer[..next.Length] : new Tensor?[next.Length];
        for (int i = 0; i < arrived.Length; i++)
        {
            if (arrived[i].Gradient is not { } gradient)
                continue;
            gradient.Arrive(_scope);
            arrived[i] = default;
            gradients[i] = gradient;
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
        claimed = claim && node.Claim(); // not before the hooks: one may go back through this node itself
        if (wanted == 0)
            return;
        node.Backward(gradients, results, wanted, _createGraph, claimed);
        for (int i = 0; i < results.Length; i++)
            if (results[i] is { } gradient && next[i].Node is { } target && (_needed is null || _needed.Contains(target)))
                Deliver(next[i].Edge, gradient);
        foreach (var gradient in gradients)
            GC.KeepAlive(gradient);
    }

    /// <summary>Adds a gradient to what has arrived at an edge.</summary>
    private void Deliver(Edge edge, Tensor gradient)
    {
        var node = edge.Node!;
        var inbox = _inboxes.Of(node, out bool known);
        if (!known)
            _ready.Add(node);
        ref var slot = ref inbox.Slots[edge.Output];
        if (slot.Gradient is null)
            slot = new(gradient.Send(_createGraph), IsSum: false);
        else
            Sum(ref slot, gradient);
    }

    private void Sum(ref Arrived slot, Tensor gradient)
    {
        var before = slot.Gradient!;
        if (slot.IsSum && !_createGraph)
        {
            Dispatch.Execute(before.Data.Device, BinaryOp.Add, [before.Data, gradient.Data], default, before.Data);
            return;
        }

        before.Arrive(_scope);
        slot = default;
        var sum = before + gradient;
        slot = new(sum.Send(_createGraph), IsSum: !_createGraph);
    }

    /// <summary>What a user hands in may ask for gradients: only a graph of the backward goes on from there.</summary>
    private Tensor Plain(Tensor gradient) => !_createGraph && gradient.RequiresGrad ? gradient.Detach() : gradient;

    private void RunHooks(Node node, Span<Tensor?> gradients)
    {
        foreach (var hook in node.Hooks)
        {
            if (gradients[hook.Output] is not { } gradient)
                continue;
            Tensor seen;
            Tensor? replaced;
            using (TemporaryScope.Suspend())
            using (Autograd.GradMode(_createGraph))
            {
                seen = gradient.Another(); // user code may keep the handle
                replaced = hook.Call(seen);
            }

            if (replaced is not null)
                gradients[hook.Output] = Fit(node.Name, "what a hook returned", Plain(replaced), gradient);
        }
    }

    private void Capture(Node node, ReadOnlySpan<Tensor?> gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not { } gradient || !_captures!.ContainsKey(new Edge(node, i)))
                continue;
            using var _ = TemporaryScope.Suspend();
            _captures[new Edge(node, i)] = gradient.Another();
        }
    }

    /// <summary>After an exception: gives back what was on its way.</summary>
    private void ReleaseArrived()
    {
        while (_ready.Take() is { } node)
            _inboxes.Return(_inboxes.Take(node));
    }

    [InlineArray(Length)]
    private struct TensorBuffer
    {
        public const int Length = 8;
        private Tensor? _first;
    }
}
