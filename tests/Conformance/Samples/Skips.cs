namespace Nabla.Tests.Samples;

/// <summary>What the samples leave out on purpose.</summary>
/// <param name="Op">The operation.</param>
/// <param name="DType">The element type, or null when it is about values.</param>
/// <param name="Reason">Why.</param>
internal sealed record Skip(OpKind Op, DType? DType, string Reason)
{
    public static IReadOnlyList<Skip> All { get; } =
    [
        new(BinaryOp.ShiftLeft.Kind, Nabla.DType.Bool, "a bool has no width to shift by; PyTorch has no such kernel"),
        new(BinaryOp.ShiftRight.Kind, Nabla.DType.Bool, "a bool has no width to shift by; PyTorch has no such kernel"),
        new(BinaryOp.FloorDivide.Kind, null, "infinite dividends: PyTorch gives NaN where 'rounded down' says infinity"),
        new(CastOp.Row, null, "floats beyond the range of the integer type: not determined, as in PyTorch"),
    ];
}
