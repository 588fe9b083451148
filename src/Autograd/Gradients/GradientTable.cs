namespace Nabla;

/// <summary>The gradient column of the op table: every row in one place, by family.</summary>
internal static partial class GradientTable
{
    private static readonly OpColumn<GradientRule> Column = new(
        AddBinary, AddViews, AddLinear, AddComposites, AddReductions, AddMovement, AddUnary, AddNotDifferentiable);

    /// <summary>The gradient row of an op; null for composites that are recorded as their parts.</summary>
    public static GradientRule? Find(Op op) => Column[op.Kind] is { } rule && rule.Covers(op) ? rule : null;

    /// <summary>The gradient row of a primitive or view.</summary>
    /// <exception cref="AutogradException">It has none: a third party's op without a gradient.</exception>
    public static GradientRule Require(Op op) => Column[op.Kind]
        ?? throw new AutogradException(op.Kind.Name, "it has no gradient row, so a tensor that requires a gradient cannot pass through it; Detach() its inputs.");
}
