using Nabla.Tests.Reference;

namespace Nabla.Tests.Oracle;

/// <summary>A call whose result is written down by hand: from definitions, tables and identities, not from any code here.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Scalars">The numbers beside them.</param>
/// <param name="Expected">The outputs.</param>
internal sealed record Literal(Op Op, Values[] Inputs, Scalar[] Scalars, Values[] Expected)
{
    public static IReadOnlyList<Literal> All { get; } = [.. UnaryLiterals.All(), .. BinaryLiterals.All(), .. PrimitiveLiterals.All(), .. CompositeLiterals.All()];
}
