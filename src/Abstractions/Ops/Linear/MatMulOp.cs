namespace Nabla;

/// <summary>
/// The matrix product of the last two dimensions, y = a b: [.., m, k] x [.., k, n] -> [.., m, n]; the others broadcast. Half types
/// accumulate in float32. PyTorch: <c>torch.matmul</c> for two dimensions or more.
/// </summary>
public sealed record MatMulOp : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("matmul");

    private MatMulOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static MatMulOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 2, scalars, 0);
        OpDomain.Numeric.Check(inputs[0].DType, Name);
        Arity.SameDType(Name, inputs);
        var (a, b) = (inputs[0].Shape, inputs[1].Shape);
        if (a.Rank < 2 || b.Rank < 2)
            throw TooFewDimensions(a, b);
        if (a[^1] != b[^2])
            throw InnerDimensions(a, b);
        if (a.Rank == 2 && b.Rank == 2)
        {
            outputs[0] = inputs[0] with { Shape = [a[0], b[1]] };
            return;
        }

        var batch = Broadcasting.Join(Shape.Create(a.AsSpan()[..^2]), Shape.Create(b.AsSpan()[..^2]), Name);
        outputs[0] = inputs[0] with { Shape = [.. batch.AsSpan(), a[^2], b[^1]] };
    }

    // Messages are made elsewhere than in what checks: a first product would wait for their compilation.
    private ShapeException TooFewDimensions(Shape a, Shape b) => new(Name, $"operands have two dimensions or more, not {a} and {b}.");

    private ShapeException InnerDimensions(Shape a, Shape b) =>
        new(Name, $"inner dimensions differ: {a} @ {b}{(a[^1] == b[^1] ? "; did you mean other.T?" : $": {a[^1]} is not {b[^2]}.")}");
}
