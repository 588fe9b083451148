namespace Nabla;

/// <summary>Checks that an op was called with what it takes: a mistake of the engine or of a plugin, never of a user.</summary>
internal static class Arity
{
    public static void Check(Op op, ReadOnlySpan<TensorSpec> inputs, int count, ReadOnlySpan<Scalar> scalars, int scalarCount)
    {
        if (inputs.Length != count || scalars.Length != scalarCount)
            throw Miscounted(op, inputs.Length, count, scalars.Length, scalarCount);
    }

    public static void SameDType(string op, ReadOnlySpan<TensorSpec> inputs)
    {
        for (int i = 1; i < inputs.Length; i++)
            if (inputs[i].DType != inputs[0].DType)
                throw Differ(op, inputs[0], inputs[i]);
    }

    // Messages are made elsewhere than in what checks: the first call of any operation would wait for their compilation.
    private static TensorArgumentException Miscounted(Op op, int inputs, int count, int scalars, int scalarCount) =>
        new(op.Kind.Name, $"takes {count} tensors and {scalarCount} scalars, not {inputs} and {scalars}.");

    private static DTypeException Differ(string op, TensorSpec first, TensorSpec other) =>
        new(op, $"element types differ: {first} and {other}; convert one with To(dtype).");

    /// <summary>What the gradient of a function of floats is: an incoming gradient and a value beside it, alike in element type and shape.</summary>
    public static TensorSpec GradientBeside(Op op, ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, int scalarCount = 0) =>
        Alike(op, inputs, scalars, scalarCount, "the gradient", "the value beside it");

    /// <summary>What a function of two tensors of floats is that are alike in element type and shape.</summary>
    public static TensorSpec Alike(Op op, ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, int scalarCount, string first, string second)
    {
        Check(op, inputs, 2, scalars, scalarCount);
        OpDomain.Float.Check(inputs[0].DType, op.Kind.Name);
        return Alike(op, inputs, first, second);
    }

    /// <summary>What a function of two tensors of integers is that are alike in element type and shape.</summary>
    public static TensorSpec AlikeIntegers(Op op, ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars)
    {
        Check(op, inputs, 2, scalars, 0);
        if (!inputs[0].DType.IsInteger())
            throw new DTypeException(op.Kind.Name, $"it is defined for integers, not for {inputs[0].DType.Name()}.");
        return Alike(op, inputs, "a", "b");
    }

    private static TensorSpec Alike(Op op, ReadOnlySpan<TensorSpec> inputs, string first, string second)
    {
        SameDType(op.Kind.Name, inputs);
        return inputs[0].Shape == inputs[1].Shape
            ? inputs[0]
            : throw new ShapeException(op.Kind.Name, $"{first} has the shape {inputs[0].Shape}, {second} {inputs[1].Shape}; expand one to the other.");
    }

    public static void CheckAxis(string op, int axis, Shape shape)
    {
        if ((uint)axis >= (uint)Math.Max(shape.Rank, 1))
            throw new TensorIndexException(op, $"dimension {axis} is out of range for {shape}.");
    }
}
