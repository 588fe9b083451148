namespace Nabla;

/// <summary>
/// An operation defined by its decomposition into others. A device may claim it and run it fused; the result, auxiliary outputs
/// included, is the same within tolerance.
/// </summary>
public abstract record CompositeOp : Op
{
    /// <summary>Computes the outputs with other operations.</summary>
    /// <typeparam name="T">A device tensor, a tensor or a graph value.</typeparam>
    /// <param name="ops">Emits the operations.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="scalars">The numbers beside them.</param>
    /// <param name="outputs">Receives <see cref="Op.OutputCount"/> values.</param>
    public abstract void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs);
}
