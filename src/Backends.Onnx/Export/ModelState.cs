using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Dimensions">The sizes: numbers, names of dynamic ones, or expressions of them (<c>2*batch</c>).</param>
public sealed record ModelValue(string Name, DType DType, IReadOnlyList<string> Dimensions)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType.Name()}[{string.Join(", ", Dimensions)}]";
}

/// <summary>
/// A tensor that the model carries from one run to the next: give <see cref="Initial"/> to the first run, and what came out as
/// <see cref="OutputName"/> as <see cref="InputName"/> to the next.
/// </summary>
public sealed class ModelState
{
    private readonly HostCopy _initial;

    internal ModelState(string name, in TensorSpec spec, HostCopy initial)
    {
        (InputName, OutputName) = (name, name + OutputSuffix);
        (DType, Shape) = (spec.DType, spec.Shape);
        _initial = initial;
    }

    /// <summary>What is added to the name of the input to name the output.</summary>
    public const string OutputSuffix = ".out";

    /// <summary>The name of the input: that of the parameter or buffer, else <c>state.0</c>, <c>state.1</c>, …</summary>
    public string InputName { get; }

    /// <summary>The name of the output: the input's with <see cref="OutputSuffix"/>.</summary>
    public string OutputName { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The sizes.</summary>
    public Shape Shape { get; }

    /// <summary>The bytes of the first value, row-major.</summary>
    public ReadOnlyMemory<byte> Initial => _initial.ToArray();

    /// <summary>The first value.</summary>
    /// <exception cref="DTypeException">The elements are not <typeparamref name="T"/>.</exception>
    public T[] InitialValues<T>() where T : unmanaged
    {
        if (!DType.Is<T>())
            throw new DTypeException("InitialValues", $"the elements of '{InputName}' are {DType.Name()}, not {DTypes.Of<T>().Name()}.");
        return MemoryMarshal.Cast<byte, T>(Initial.Span).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{InputName} -> {OutputName}: {DType.Name()}{Shape}";
}
