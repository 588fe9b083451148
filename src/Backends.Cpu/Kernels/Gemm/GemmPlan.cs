namespace Nabla;

/// <summary>How a product is blocked. Only <see cref="DepthBlock"/> touches the order of additions, and it depends on K alone.</summary>
internal readonly struct GemmPlan
{
    /// <summary>A panel of this depth and 32 columns of B fills a 64 KB share of the second-level cache and streams from there.</summary>
    private const int MaxDepthBlock = 512;
    private const int MaxRowBlock = 168;
    private const int MaxColumnBlock = 2048;

    /// <summary>From this width on a row stride of B spans a page or more, and reading B in place misses the TLB.</summary>
    private const int PackColumns = 1024;

    /// <summary>One row or one column with contiguous reads: <see cref="MatVec{TLanes, TVector, T}"/>.</summary>
    public required bool Vector { get; init; }

    public required bool PackA { get; init; }

    public required bool PackB { get; init; }

    /// <summary>Steps of K between two visits to C.</summary>
    public required int DepthBlock { get; init; }

    public required int RowBlock { get; init; }

    public required int ColumnBlock { get; init; }

    public static GemmPlan For<T>(in GemmArgs<T> args) where T : unmanaged
    {
        var large = args.N >= PackColumns && args.M >= 64 && args.K >= 64;
        var packB = args.BColumnStride != 1 || large;
        return new GemmPlan
        {
            Vector = IsVector(args),
            PackA = large,
            PackB = packB,
            DepthBlock = Even(args.K, MaxDepthBlock),
            RowBlock = large ? MaxRowBlock : int.MaxValue,
            ColumnBlock = MaxColumnBlock,
        };
    }

    private static bool IsVector<T>(in GemmArgs<T> args) where T : unmanaged
    {
        if (args.M == 1) return args.BRowStride == 1 || args.BColumnStride == 1;
        return args.N == 1 && (args.AColumnStride == 1 || (args.ARowStride == 1 && args.CRowStride == 1));
    }

    /// <summary>The largest equal share of <paramref name="length"/> not above <paramref name="limit"/>.</summary>
    private static int Even(int length, int limit)
    {
        var blocks = (length + limit - 1) / limit;
        return (length + blocks - 1) / blocks;
    }
}
