using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>
/// One call of an operation for several element types: a cell of the "samples" column of the op table. Drives every conformance test.
/// </summary>
internal sealed record Sample
{
    /// <summary>The op's name, a slash, and what is special about the call. Unique.</summary>
    public required string Name { get; init; }

    /// <summary>The operation, for the element type under test.</summary>
    public required Func<DType, Op> Op { get; init; }

    /// <summary>The inputs: seeded, so always the same.</summary>
    public Func<SampleData, Values[]> Inputs { get; init; } = _ => [];

    /// <summary>The numbers beside them.</summary>
    public Func<DType, Scalar[]> Scalars { get; init; } = _ => [];

    /// <summary>The element types under test.</summary>
    public IReadOnlyList<DType> DTypes { get; init; } = Kinds.Float;

    /// <summary>Multiplies the tolerance of the element type; 0 asks for equal bits (but for the sign of zero).</summary>
    public double Slack { get; init; } = 1;

    /// <summary>Whether the inputs may be cut to no dimension and to no element, all alike.</summary>
    public bool Elementwise { get; init; }

    /// <summary>Whether the values stay away from kinks and poles, so that finite differences mean something.</summary>
    public bool Smooth { get; init; }

    public OpKind Kind => Op(DTypes[0]).Kind;

    public Values[] MakeInputs(DType dtype) => Inputs(new SampleData(Name, dtype));

    public override string ToString() => Name;
}

/// <summary>Families of element types.</summary>
internal static class Kinds
{
    public static readonly DType[] Float = [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16];
    public static readonly DType[] Wide = [DType.Float32, DType.Float64];
    public static readonly DType[] Integer = [DType.Int64, DType.Int32, DType.Int16, DType.Int8, DType.UInt8];
    public static readonly DType[] Numeric = [.. Float, .. Integer];
    public static readonly DType[] Bits = [.. Integer, DType.Bool];
    public static readonly DType[] Any = [.. Numeric, DType.Bool];

    public static DType[] Of(OpDomain domain) => domain switch
    {
        OpDomain.Float => Float,
        OpDomain.Numeric => Numeric,
        OpDomain.Bits => Bits,
        OpDomain.Bool => [DType.Bool],
        _ => Any,
    };
}
