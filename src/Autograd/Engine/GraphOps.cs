namespace Nabla;

/// <summary>
/// Emits nodes without executing anything: the graph of views and of writes through them needs no numbers. Every op emitted here has a
/// gradient that saves nothing.
/// </summary>
internal sealed class GraphOps : IOps<GraphValue>
{
    private static readonly GraphOps Instance = new();

    public TensorSpec Spec(GraphValue value) => value.Spec;

    public void Emit(Op op, ReadOnlySpan<GraphValue> inputs, ReadOnlySpan<Scalar> scalars, Span<GraphValue> outputs)
    {
        var specs = new TensorSpec[inputs.Length];
        bool any = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            specs[i] = inputs[i].Spec;
            any |= inputs[i].Node is not null;
        }

        TensorSpec spec = default;
        op.Infer(specs, scalars, new Span<TensorSpec>(ref spec));
        outputs[0] = new(spec, any ? new Edge(OpNode.WithoutSaved(op, inputs, spec), 0) : default);
    }

    /// <summary>The node of a view, computed from its base's present one.</summary>
    public static Edge ReplayViews(History origin, DeviceTensor view)
    {
        var value = new GraphValue(origin.Value.Spec, new(origin.Node, origin.Output));
        foreach (var step in Chain(origin, view))
            value = Instance.Emit(step.Op, value);
        return value.Edge;
    }

    /// <summary>
    /// The node of a base after a write through a view: outside the view its old gradient passes, inside that of the written value.
    /// </summary>
    public static Edge WriteThrough(History origin, DeviceTensor view, Edge written)
    {
        var chain = Chain(origin, view);
        var sources = new GraphValue[chain.Count];
        var value = new GraphValue(origin.Value.Spec, new(origin.Node, origin.Output));
        for (int i = 0; i < chain.Count; i++)
        {
            sources[i] = value;
            value = Instance.Emit(chain[i].Op, value);
        }

        value = new(view.Spec, written);
        for (int i = chain.Count - 1; i >= 0; i--)
            value = chain[i].Op.WriteBack(Instance, sources[i], value);
        return value.Edge;
    }

    private static List<ViewChain> Chain(History origin, DeviceTensor view)
    {
        var chain = new List<ViewChain>();
        for (var at = view; at != origin.Value; at = at.View!.Source)
            chain.Add(at.View!);
        chain.Reverse();
        return chain;
    }
}
