namespace Nabla;

/// <summary>
/// One step of an optimizer, of one parameter or of several in one call: inputs and outputs are those of the first, then those of the second,
/// and so on. Each parameter is stepped by itself; its targets are inputs of its own or of none. A device that does not claim the call is asked
/// for one parameter after the other.
/// </summary>
/// <param name="Count">How many parameters there are.</param>
public abstract record StepOp(int Count) : CompositeOp
{
    /// <summary>How many tensors a parameter takes: itself, its gradient, its state.</summary>
    public abstract int InputsEach { get; }

    /// <summary>How many tensors a parameter gives: itself, its state.</summary>
    public abstract int OutputsEach { get; }

    /// <inheritdoc/>
    public sealed override int OutputCount => Count * OutputsEach;

    /// <summary>The numbers beside the tensors, the same for every parameter.</summary>
    protected abstract int ScalarCount { get; }

    /// <summary>Which input holds the number of steps, and has another shape than the parameter; none when negative.</summary>
    public virtual int StepInput => -1;

    /// <inheritdoc/>
    public sealed override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        if (Count < 1)
            throw new TensorArgumentException(Name, $"a step is of one parameter or more, not of {Count}.");
        Arity.Check(this, inputs, Count * InputsEach, scalars, ScalarCount);
        OpDomain.Float.Check(inputs[0].DType, Name);
        for (int k = 0; k < Count; k++)
        {
            var own = inputs.Slice(k * InputsEach, InputsEach);
            if (own[0].DType != inputs[0].DType)
                throw new DTypeException(Name, $"the parameters {inputs[0]} and {own[0]} differ in element type; step them in calls of their own.");
            for (int i = 1; i < own.Length; i++)
                if (i != StepInput && own[i] != own[0])
                    throw new ShapeException(Name, $"the parameter {own[0]} and its gradient or state {own[i]} differ.");
            var results = outputs.Slice(k * OutputsEach, OutputsEach);
            results.Fill(own[0]);
            if (StepInput >= 0)
                results[StepInput - 1] = own[StepInput]; // the gradient is no output
        }
    }

    /// <inheritdoc/>
    public sealed override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        for (int k = 0; k < Count; k++)
            DecomposeOne(ops, inputs.Slice(k * InputsEach, InputsEach), scalars, outputs.Slice(k * OutputsEach, OutputsEach));
    }

    /// <summary>The gradient with the pull of weight decay; without decay nothing is added, since nothing times infinity is no number.</summary>
    private protected static T Decayed<T>(IOps<T> ops, T gradient, T parameter, Scalar decay) =>
        decay.ToDouble() == 0 ? gradient : ops.Add(gradient, ops.Mul(parameter, decay));

    /// <summary>The step of one parameter.</summary>
    protected abstract void DecomposeOne<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs);
}
