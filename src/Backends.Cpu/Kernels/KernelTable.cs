namespace Nabla;

/// <summary>The CPU column of the op table.</summary>
internal static class KernelTable
{
    /// <summary>
    /// Families in the order in which small programs need them: each costs milliseconds to set up. An array, since a span of so many is a type of its own to load.
    /// </summary>
    public static OpColumn<CpuKernel> Column { get; } = new(new Action<OpColumn<CpuKernel>>[]
    {
        AddBasics, BinaryTable.AddSum, BinaryTable.AddBasics, AddReductions, BinaryTable.AddArithmetic, AddMovement, FusedTable.AddTo, BinaryTable.AddRelations, UnaryTable.AddTo,
        ParametricTable.AddTo,
    });

    /// <summary>Whether a composite runs fused. Pure.</summary>
    public static bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        CpuCapabilities.Accelerated && Column.TryGet(op.Kind, out var kernel) && kernel is FusedKernel fused && fused.Claims(op, inputs);

    private static void AddBasics(OpColumn<CpuKernel> column)
    {
        column.Add(FullOp.Row, new FullKernel());
        column.Add(CopyOp.Row, new CopyKernel());
        column.Add(CastOp.Row, new CastKernel());
        column.Add(MatMulOp.Row, new MatMulKernel());
        column.Add(ReduceOp.SumRow, ReduceKernel.Sum());
    }

    private static void AddReductions(OpColumn<CpuKernel> column)
    {
        column.Add(ReduceOp.ProdRow, ReduceKernel.Prod());
        column.Add(ReduceOp.MaxRow, ReduceKernel.Max());
        column.Add(ReduceOp.MinRow, ReduceKernel.Min());
        column.Add(ArgReduceOp.Max(0, false).Kind, new ArgReduceKernel());
        column.Add(ArgReduceOp.Min(0, false).Kind, new ArgReduceKernel());
    }

    private static void AddMovement(OpColumn<CpuKernel> column)
    {
        column.Add(WhereOp.Row, new WhereKernel());
        column.Add(ArangeOp.Row, new ArangeKernel());
        column.Add(RandomBitsOp.Row, new RandomBitsKernel());
        column.Add(RandOp.Row, new RandKernel());
        column.Add(RandnOp.Row, new RandnKernel());
        column.Add(RandIntOp.Row, new RandIntKernel());
        column.Add(PadOp.Row, new PadKernel());
        column.Add(ConcatOp.Row, new ConcatKernel());
        column.Add(GatherOp.Row, new GatherKernel());
        column.Add(ScatterAddOp.Row, new ScatterAddKernel());
        column.Add(SliceScatterOp.Row, new SliceScatterKernel());
        column.Add(AssertOp.Row, new AssertKernel());
    }
}
