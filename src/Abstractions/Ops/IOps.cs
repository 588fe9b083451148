namespace Nabla;

/// <summary>Emits operations on values of some kind: executes them, records them, or adds them to a graph.</summary>
/// <typeparam name="T">A device tensor, a tensor or a graph value.</typeparam>
public interface IOps<T>
{
    /// <summary>Emits any operation: primitive, view or composite.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="inputs">Its inputs. Element types must fit: nothing is promoted here.</param>
    /// <param name="scalars">The numbers beside them.</param>
    /// <param name="outputs">Receives <see cref="Op.OutputCount"/> values.</param>
    void Emit(Op op, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs);

    /// <summary>Element type and shape of a value.</summary>
    TensorSpec Spec(T value);
}
