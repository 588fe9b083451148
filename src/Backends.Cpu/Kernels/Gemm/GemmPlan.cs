namespace Nabla;

/// <summary>How register tiles are blocked. Only <see cref="DepthBlock"/> touches the order of additions, and it depends on K alone.</summary>
internal struct GemmPlan
{
    /// <summary>
    /// Bytes of K in a block. Deep blocks win: C is visited less often, and a panel of B streams from the second-level cache
    /// (128 KB at 32 columns) as fast as the tile consumes it; blocks that keep it in the first level were 2-4% slower.
    /// </summary>
    private const int DepthBytes = 4096;

    /// <summary>Bytes of a block of A: it is read once for each panel of B, and shares the second-level cache with that panel; fewer where <see cref="FarLinesAreSlow"/>.</summary>
    private const int BlockOfABytes = 560 * 1024;
    private const int SmallBlockOfABytes = 256 * 1024;

    /// <summary>Columns of B that are packed for all blocks of A: a few megabytes of the last-level cache per thread.</summary>
    private const int MaxColumnBlock = 2048;

    /// <summary>Bytes of B that the second-level cache holds; read in place, they are faster than a packed copy and the work of making it.</summary>
    private const int LargestPlainB = 1 << 20;

    /// <summary>Lines this far apart compete for one set of the first-level cache, and each touches a page of its own.</summary>
    private const int AliasBytes = 4096;

    /// <summary>Uses of each packed element that repay packing: columns for A, rows for B.</summary>
    private const int ReuseForPackedA = 512;
    private const int ReuseForPackedB = 192;

    /// <summary>
    /// Whether rows that are far apart are slow to read in place: on Intel's processors, whose first-level cache holds less and asks for lines ahead
    /// only within a page. On Cascade Lake products of 512 took twice the time in place, those of 256 a tenth more; on Zen 5 packing gains nothing.
    /// </summary>
    private static readonly bool FarLinesAreSlow = CpuCapabilities.IsIntel;

    /// <summary>Rows this far apart are far; and how many uses repay packing them there, or rows whose vectors cross cache lines.</summary>
    private const int FarBytes = 1024;
    private const int ReuseForFarA = 192;
    private const int ReuseForFarB = 64;
    private const int ReuseForCrossingB = 96;
    private const int Line = 64;

    /// <summary>
    /// Bytes of K up to which it is C that is waited for, where its rows are far apart, and the tiles that are then taken along those rows together: they
    /// lie in few pages. Products with 64 and 128 steps take a tenth to a third less on Cascade Lake.
    /// </summary>
    private const int ShallowBytes = 768;
    private const int ShallowTiles = 2;

    public required bool PackA;
    public required bool PackB;

    /// <summary>Steps of K between two visits to C.</summary>
    public required int DepthBlock;
    public required int RowBlock;
    public required int ColumnBlock;

    public static GemmPlan For<T>(in GemmArgs<T> args, int tileRows) where T : unmanaged => For(args, tileRows, FarLinesAreSlow);

    public static unsafe GemmPlan For<T>(in GemmArgs<T> args, int tileRows, bool farLinesAreSlow) where T : unmanaged
    {
        var depth = Math.Max(1, Even(args.K, DepthBytes / sizeof(T)));
        var tilesInBlock = farLinesAreSlow && depth * sizeof(T) <= ShallowBytes && IsFar<T>(args.C.RowStride)
            ? ShallowTiles
            : Math.Max(1, (farLinesAreSlow ? SmallBlockOfABytes : BlockOfABytes) / (depth * sizeof(T) * tileRows));
        var plainBIsLarge = args.M >= ReuseForPackedB
            && (Aliases<T>(args.B.RowStride) || (double)args.K * args.N * sizeof(T) > LargestPlainB);
        return new GemmPlan
        {
            PackA = args.A.Widen is not null
                || (args.A.ColumnStride != 1 && (args.A.RowStride != 1 || (farLinesAreSlow && args.N >= ReuseForFarA && IsFar<T>(args.A.ColumnStride))))
                || (args.N >= ReuseForPackedA && Aliases<T>(args.A.ColumnStride == 1 ? args.A.RowStride : args.A.ColumnStride)),
            PackB = args.B.Widen is not null || args.B.ColumnStride != 1 || plainBIsLarge || (farLinesAreSlow && args.M >= ReuseForSlowB<T>(args.B.RowStride)),
            DepthBlock = depth,
            RowBlock = Even(args.M, tilesInBlock * tileRows),
            ColumnBlock = MaxColumnBlock,
        };
    }

    private static unsafe bool IsFar<T>(nint stride) where T : unmanaged => Math.Abs(stride) * sizeof(T) >= FarBytes;

    /// <summary>Rows of A that repay packing rows of B this far apart.</summary>
    private static unsafe int ReuseForSlowB<T>(nint stride) where T : unmanaged
    {
        if (IsFar<T>(stride)) return ReuseForFarB;
        return stride * sizeof(T) % Line != 0 ? ReuseForCrossingB : int.MaxValue;
    }

    private static unsafe bool Aliases<T>(nint stride) where T : unmanaged => stride != 0 && stride * sizeof(T) % AliasBytes == 0;

    /// <summary>The largest equal share of <paramref name="length"/> not above <paramref name="limit"/>.</summary>
    private static int Even(int length, int limit)
    {
        if (length <= limit) return length;
        var blocks = (length + limit - 1) / limit;
        return (length + blocks - 1) / blocks;
    }
}
