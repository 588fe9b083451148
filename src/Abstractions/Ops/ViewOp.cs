namespace Nabla;

/// <summary>
/// An operation that only looks at the same storage in another way. Views never reach a device: the engine computes the layout.
/// </summary>
public abstract record ViewOp : Op
{
    /// <summary>The layout of the view, or false when no layout can express it (a reshape of a permuted tensor): then a copy is needed.</summary>
    public abstract bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout);

    /// <summary>
    /// The functional form of a write through this view: <paramref name="source"/> with the elements that the view shows replaced by
    /// <paramref name="value"/> (which has the view's shape).
    /// </summary>
    public abstract T WriteBack<T>(IOps<T> ops, T source, T value);
}
