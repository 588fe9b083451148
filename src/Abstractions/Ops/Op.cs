namespace Nabla;

/// <summary>
/// One operation with its structural attributes (axes, sizes, a kind): a row of the op table. Records, so that equality is structural.
/// Numbers that a user may vary at run time are not members: they travel as scalars and are never part of an op's identity.
/// </summary>
public abstract record Op
{
    /// <summary>The row.</summary>
    public abstract OpKind Kind { get; }

    /// <summary>How many tensors the operation returns.</summary>
    public virtual int OutputCount => 1;

    /// <summary>
    /// Element types and shapes of the outputs. Throws on bad inputs, before any device is touched.
    /// </summary>
    /// <param name="inputs">What the tensors are.</param>
    /// <param name="scalars">The numbers beside them. Their values must not decide a shape.</param>
    /// <param name="outputs">Receives <see cref="OutputCount"/> specs.</param>
    public abstract void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs);

    /// <summary>The op's name in messages.</summary>
    protected string Name => Kind.Name;
}

/// <summary>An operation that every device executes.</summary>
public abstract record PrimitiveOp : Op;
