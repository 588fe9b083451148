namespace Nabla.Tests;

/// <summary>One call of <see cref="Op.Infer"/> by dtype-and-shape texts.</summary>
internal static class InferCase
{
    /// <summary>The first result.</summary>
    public static TensorSpec Infer(Op op, TensorSpec[] inputs, params Scalar[] scalars)
    {
        var outputs = new TensorSpec[op.OutputCount];
        op.Infer(inputs, scalars, outputs);
        return outputs[0];
    }

    /// <summary>The refusal: its type, that it names the op first, and a part of what it says.</summary>
    public static void Refuses<T>(string message, Op op, TensorSpec[] inputs, params Scalar[] scalars) where T : NablaException
    {
        var e = Assert.Throws<T>(() => Infer(op, inputs, scalars));
        Assert.Equal(op.Kind.Name, e.Operation);
        Assert.StartsWith($"{op.Kind.Name}: ", e.Message);
        Assert.Contains(message, e.Message);
    }

    public static TensorSpec F(params long[] dims) => new(DType.Float32, Shape.Create(dims));

    public static TensorSpec I(params long[] dims) => new(DType.Int64, Shape.Create(dims));

    public static TensorSpec B(params long[] dims) => new(DType.Bool, Shape.Create(dims));
}
