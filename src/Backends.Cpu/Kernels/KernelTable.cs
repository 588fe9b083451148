namespace Nabla;

/// <summary>The CPU column of the op table.</summary>
internal static class KernelTable
{
    public static OpColumn<CpuKernel> Column { get; } = Build();

    /// <summary>Whether a composite runs fused. Pure.</summary>
    public static bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        CpuCapabilities.Accelerated && Column.TryGet(op.Kind, out var kernel) && kernel is FusedKernel fused && fused.Claims(op, inputs);

    private static OpColumn<CpuKernel> Build()
    {
        var column = new OpColumn<CpuKernel>();
        UnaryTable.AddTo(column);
        BinaryTable.AddTo(column);
        column.Add(WhereOp.Row, new WhereKernel());
        column.Add(CastOp.Row, new CastKernel());
        column.Add(CopyOp.Row, new CopyKernel());
        column.Add(FullOp.Row, new FullKernel());
        column.Add(ArangeOp.Row, new ArangeKernel());
        column.Add(RandomBitsOp.Row, new RandomBitsKernel());
        column.Add(ReduceOp.SumRow, ReduceKernel.Sum());
        column.Add(ReduceOp.ProdRow, ReduceKernel.Prod());
        column.Add(ReduceOp.MaxRow, ReduceKernel.Max());
        column.Add(ReduceOp.MinRow, ReduceKernel.Min());
        column.Add(ArgReduceOp.Max(0, false).Kind, new ArgReduceKernel());
        column.Add(ArgReduceOp.Min(0, false).Kind, new ArgReduceKernel());
        column.Add(PadOp.Row, new PadKernel());
        column.Add(ConcatOp.Row, new ConcatKernel());
        column.Add(GatherOp.Row, new GatherKernel());
        column.Add(ScatterAddOp.Row, new ScatterAddKernel());
        column.Add(SliceScatterOp.Row, new SliceScatterKernel());
        column.Add(MatMulOp.Row, new MatMulKernel());
        FusedTable.AddTo(column);
        column.Add(AssertOp.Row, new AssertKernel());
        return column;
    }
}
