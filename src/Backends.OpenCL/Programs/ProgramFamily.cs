namespace Nabla;

/// <summary>Kernels that are built together: a source file, specialised by element type.</summary>
internal sealed record ProgramFamily(string File)
{
    /// <summary>Which program offers a kernel, and the group that it runs in: on a CPU, and on a GPU.</summary>
    public static (ProgramFamily Family, (int X, int Y) Cpu, (int X, int Y) Gpu) Of(KernelId kernel) => Table[(int)kernel];

    public static readonly ProgramFamily MatMul = new("matmul");

    private static readonly ProgramFamily
        Unary = new("unary"), Special = new("special"), Binary = new("binary"), Cast = new("cast"), Move = new("move"), Reduce = new("reduce"),
        ArgReduce = new("argreduce"), MatMulSimple = new("matmul_simple"), Scatter = new("scatter"), Create = new("create"), Check = new("check");

    private static readonly (ProgramFamily, (int, int), (int, int))[] Table = Build();

    private static (ProgramFamily, (int, int), (int, int))[] Build()
    {
        var table = new (ProgramFamily, (int, int), (int, int))[Enum.GetValues<KernelId>().Length];
        // Elementwise work-items do a vector each: 64 of them are enough to make a group's start-up not show.
        Set(Unary, (64, 1), (64, 1), KernelId.Unary, KernelId.Predicate);
        Set(Special, (16, 1), (64, 1), KernelId.Special);
        Set(Binary, (64, 1), (64, 1), KernelId.Binary, KernelId.Compare);
        Set(Cast, (64, 1), (64, 1), KernelId.Cast);
        Set(Move, (64, 1), (64, 1), KernelId.Copy, KernelId.Fill, KernelId.Where, KernelId.Gather);
        // Reductions loop over their share; on a CPU a group is one thread, and so one work-item.
        Set(Reduce, (1, 1), (64, 1), KernelId.ReduceRows, KernelId.ReduceColumns);
        Set(ArgReduce, (1, 1), (64, 1), KernelId.ArgReduce);
        // Eight tiles above each other read the same columns of B while those are in the cache; on a GPU a group shares local memory.
        Set(MatMul, (8, 1), (Multiplier.BlockItems, Multiplier.BlockItems), KernelId.MatmulTiles);
        Set(MatMul, (64, 1), (64, 1), KernelId.PackRows, KernelId.PackColumns);
        Set(MatMulSimple, (8, 1), (64, 1), KernelId.MatmulSimple, KernelId.MatmulDot);
        Set(Scatter, (1, 1), (64, 1), KernelId.ScatterAdd);
        Set(Create, (64, 1), (64, 1), KernelId.Arange, KernelId.RandomBits);
        Set(Check, (64, 1), (64, 1), KernelId.AssertAll);
        return table;

        void Set(ProgramFamily family, (int, int) cpu, (int, int) gpu, params ReadOnlySpan<KernelId> kernels)
        {
            foreach (var kernel in kernels)
                table[(int)kernel] = (family, cpu, gpu);
        }
    }
}
