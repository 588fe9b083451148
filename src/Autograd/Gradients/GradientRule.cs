namespace Nabla;

/// <summary>The gradient of one input.</summary>
internal delegate Tensor? Vjp(in BackwardContext context);

/// <summary>The gradients of all inputs at once.</summary>
internal delegate void JointVjp(in BackwardContext context, Span<Tensor?> results);

/// <summary>
/// A cell of the gradient column: the vector-Jacobian products of an op, written in tensor operations, so that gradients of gradients
/// come free; or the statement that the op has none.
/// </summary>
internal abstract class GradientRule
{
    /// <summary>Whether outputs of the op can require gradients.</summary>
    public virtual bool Differentiable => true;

    /// <summary>Whether it holds for this op of its kind; a composite that it does not hold for is recorded as its parts.</summary>
    public virtual bool Covers(Op op) => true;

    /// <summary>Which tensors the gradients of those inputs need that ask for one.</summary>
    public abstract uint Mask(Op op, ReadOnlySpan<GraphValue> inputs);

    /// <summary>Computes the gradients of the inputs that are wanted.</summary>
    public abstract void Apply(in BackwardContext context, Span<Tensor?> results);
}

/// <summary>An op whose result does not change smoothly with any input: comparisons, indices, random bits.</summary>
internal sealed class NotDifferentiable(string reason) : GradientRule
{
    public string Reason => reason;

    public override bool Differentiable => false;

    public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs) => 0;

    public override void Apply(in BackwardContext context, Span<Tensor?> results) =>
        throw new InvalidOperationException($"{context.Op.Kind} is not differentiable ({reason}) and is never recorded.");
}

/// <summary>A function of one tensor whose result tells the gradient: what computes it last in one go can use its row, too.</summary>
internal sealed class ResultRule(Func<Tensor, Tensor, Tensor> product) : GradientRule
{
    public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs) => SaveMask.Output(0);

    public override void Apply(in BackwardContext context, Span<Tensor?> results) => results[0] = Product(context.Grad, context.Output());

    /// <summary>The gradient of the input, from those of the result and the result.</summary>
    public Tensor Product(Tensor gradient, Tensor result) => product(gradient, result);
}

/// <summary>One product per input, each with what it needs.</summary>
internal sealed class PerInputRule(params (uint Needs, Vjp Product)[] rows) : GradientRule
{
    public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs)
    {
        uint mask = 0;
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i].Node is not null)
                mask |= rows[i].Needs;
        return mask;
    }

    public override void Apply(in BackwardContext context, Span<Tensor?> results)
    {
        for (int i = 0; i < results.Length; i++)
            if (context.Wants(i))
                results[i] = rows[i].Product(context);
    }
}

/// <summary>
/// The two operands of a broadcasting op, either of which may be a scalar. Needs are stated for operands; gradients are summed back to
/// the operand's shape.
/// </summary>
internal sealed class BinaryRule((bool A, bool B, bool Y) needsA, Vjp productA, (bool A, bool B, bool Y) needsB, Vjp productB) : GradientRule
{
    public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs)
    {
        var side = ((BinaryOp)op).Side;
        if (side != ScalarSide.None)
            return Bits(side == ScalarSide.Right ? needsA : needsB, side);
        return (inputs[0].Node is not null ? Bits(needsA, side) : 0) | (inputs[1].Node is not null ? Bits(needsB, side) : 0);
    }

    public override void Apply(in BackwardContext context, Span<Tensor?> results)
    {
        var side = ((BinaryOp)context.Op).Side;
        if (side == ScalarSide.None)
        {
            if (context.Wants(0))
                results[0] = productA(context)?.SumToSize(context.InputSpec(0).Shape);
            if (context.Wants(1))
                results[1] = productB(context)?.SumToSize(context.InputSpec(1).Shape);
        }
        else
        {
            results[0] = (side == ScalarSide.Right ? productA : productB)(context)?.SumToSize(context.InputSpec(0).Shape);
        }
    }

    private static uint Bits((bool A, bool B, bool Y) needs, ScalarSide side)
    {
        uint mask = needs.Y ? SaveMask.Output(0) : 0;
        if (needs.A && side != ScalarSide.Left)
            mask |= SaveMask.Input(0);
        if (needs.B && side != ScalarSide.Right)
            mask |= SaveMask.Input(side == ScalarSide.None ? 1 : 0);
        return mask;
    }
}

/// <summary>All inputs at once, for ops whose backward computes them together.</summary>
internal sealed class JointRule(Func<Op, uint> needs, JointVjp product) : GradientRule
{
    public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs) => needs(op);

    public override void Apply(in BackwardContext context, Span<Tensor?> results) => product(context, results);
}
