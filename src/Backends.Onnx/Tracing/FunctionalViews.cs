namespace Nabla;

/// <summary>
/// Views where values have no memory to share: a storage holds one immutable value; a tensor is read by replaying its views on it, and
/// written by their write-backs, which give the storage another value. The recording device and the exporter both work so.
/// </summary>
internal static class FunctionalViews
{
    /// <summary>The tensor at the start of the chain of views: it shows the storage densely.</summary>
    public static DeviceTensor Root(DeviceTensor tensor)
    {
        while (tensor.View is { } view)
            tensor = view.Source;
        return tensor;
    }

    /// <summary>What a tensor shows of its storage's value.</summary>
    public static T Read<T>(IOps<T> ops, DeviceTensor tensor, T whole)
    {
        var value = Dense(ops, Root(tensor), whole);
        foreach (var step in Chain(tensor))
            value = ops.Emit(step.Op, value);
        return value;
    }

    /// <summary>The storage's value after a write through a tensor.</summary>
    public static T Write<T>(IOps<T> ops, DeviceTensor target, T whole, T value)
    {
        var chain = Chain(target);
        var root = Root(target);
        if (chain.Count > 0)
        {
            var sources = new T[chain.Count];
            sources[0] = Dense(ops, root, whole);
            for (int i = 1; i < sources.Length; i++)
                sources[i] = ops.Emit(chain[i - 1].Op, sources[i - 1]);
            for (int i = sources.Length - 1; i >= 0; i--)
                value = chain[i].Op.WriteBack(ops, sources[i], value);
        }

        long count = root.Shape.ElementCount;
        var (shape, total) = (ops.ShapeOf(whole), ops.ShapeOf(whole).ElementCount);
        if (count != total)
        {
            // A dense tensor over the start of a larger storage.
            var flat = ops.Reshape(whole, [total]);
            value = ops.Emit(new SliceScatterOp(SliceOp.Along([total], 0, 0, count)), flat, ops.Reshape(value, [count]));
        }

        return ops.Reshape(value, shape);
    }

    /// <summary>A storage's value in the sizes that a tensor without views says.</summary>
    private static T Dense<T>(IOps<T> ops, DeviceTensor tensor, T whole)
    {
        var (spec, shape) = (ops.Spec(whole), tensor.Shape);
        if (spec == tensor.Spec)
            return whole;
        if (spec.DType != tensor.DType || !tensor.IsContiguous || tensor.Layout.Offset != 0 || shape.ElementCount > spec.Shape.ElementCount)
            throw new MemoryAccessException(tensor.Device.Id.Text, $"{tensor.Spec} is not a dense tensor over the start of {spec}, nor says by which views it came to be.");
        if (shape.ElementCount < spec.Shape.ElementCount)
        {
            whole = ops.Reshape(whole, [spec.Shape.ElementCount]);
            whole = ops.Emit(SliceOp.Along(ops.ShapeOf(whole), 0, 0, shape.ElementCount), whole);
        }

        return ops.Reshape(whole, shape);
    }

    /// <summary>The steps from the root to a tensor.</summary>
    private static List<ViewChain> Chain(DeviceTensor tensor)
    {
        List<ViewChain> steps = [];
        for (var view = tensor.View; view is not null; view = view.Source.View)
            steps.Add(view);
        steps.Reverse();
        return steps;
    }
}
