namespace Nabla;

/// <summary>Every kernel. The name, in lower case with underscores, is the function's in the source.</summary>
internal enum KernelId
{
    Unary,
    Predicate,
    Special,
    Binary,
    Compare,
    Cast,
    Copy,
    Fill,
    Where,
    Gather,
    ReduceRows,
    ReduceColumns,
    ArgReduce,
    PackRows,
    PackColumns,
    MatmulTiles,
    MatmulSimple,
    MatmulDot,
    ScatterAdd,
    Arange,
    RandomBits,
    AssertAll,
}
