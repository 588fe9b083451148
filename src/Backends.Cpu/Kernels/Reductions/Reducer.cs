namespace Nabla;

/// <summary>
/// Shares out a reduction. Long ones are cut into segments whose partial results are combined in order; the cuts depend on shape and
/// layout alone, so that the result is the same for any number of threads.
/// </summary>
internal static unsafe class Reducer<TOp, T, TSum>
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Elements of a segment, at least.</summary>
    private const long SegmentWork = 1 << 16;

    /// <summary>With this many independent parts there is no need to cut any of them, and no gain from more.</summary>
    private const long EnoughParts = 32;

    /// <summary>The same of tiles, each of which leaves as many intermediate results as it has columns.</summary>
    private const long EnoughTiles = 16;

    /// <summary>Combines into dense results.</summary>
    public static void Run(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, byte* y, double divisor) =>
        Run(device, nest, x, type, new ReduceTarget<TOp, T, TSum> { Y = y, Type = type, Divisor = divisor });

    /// <summary>Combines into intermediate results, one for each output.</summary>
    public static void Accumulate(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, TSum* sums) =>
        Run(device, nest, x, type, new ReduceTarget<TOp, T, TSum> { Sums = sums });

    private static void Run(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, in ReduceTarget<TOp, T, TSum> target)
    {
        if (nest->Outputs == 0)
            return;
        if (nest->Count == 0)
        {
            for (long i = 0; i < nest->Outputs; i++)
                target.Write(i, TOp.Seed);
            return;
        }

        long fold = nest->Fold(type.Size, ReduceTile.Columns);
        if (fold > 1)
        {
            RunFolded(device, nest, fold, x, type, target);
            return;
        }

        bool byRows = ReduceTiling.ByRows(nest, type);
        var tiling = new ReduceTiling(nest, type, ReduceTile.Columns);
        long units = byRows ? nest->Outputs : tiling.Count;
        long least = byRows ? SegmentWork : Math.Max(64, SegmentWork / tiling.Width);
        long segments = Math.Min((nest->Count + least - 1) / least, ((byRows ? EnoughParts : EnoughTiles) + units - 1) / units);
        if (segments <= 2)
        {
            Share(device.Workers, nest, tiling, x, type, target, byRows, units, 1, nest->Count);
            return;
        }

        long length = (((nest->Count + segments - 1) / segments) + 63) & ~63L;
        segments = (nest->Count + length - 1) / length;
        using var temporary = new Scratch(device, nest->Outputs * segments * sizeof(TSum));
        var sums = (TSum*)temporary.Pointer;
        Share(device.Workers, nest, tiling, x, type, new() { Sums = sums }, byRows, units, segments, length);
        var last = new ReduceSegments<TOp, T, TSum> { Sums = sums, Outputs = nest->Outputs, Segments = segments, Target = target };
        Chunks.Run(device.Workers, nest->Outputs, 4 * segments, ref last);
    }

    private static void RunFolded(CpuDevice device, ReduceNest* nest, long fold, byte* x, ElementType type, in ReduceTarget<TOp, T, TSum> target)
    {
        ReduceNest wide = nest->Folded(fold), rest = *nest;
        rest.Count = rest.Sizes[0] = nest->Count % fold;
        using var temporary = new Scratch(device, (wide.Outputs + rest.Outputs) * sizeof(TSum));
        TSum* sums = (TSum*)temporary.Pointer, left = rest.Count == 0 ? null : sums + wide.Outputs;
        Accumulate(device, &wide, x, type, sums);
        if (left is not null)
            Accumulate(device, &rest, x + (wide.Count * wide.Strides[0]), type, left);
        long inner = nest->KeptSizes[0];
        var last = new ReduceFold<TOp, T, TSum> { Wide = sums, Rest = left, Inner = inner, Fold = fold, Target = target };
        Chunks.Run(device.Workers, nest->Outputs / inner, inner * fold * 4, ref last);
    }

    private static void Share(
        WorkerPool pool, ReduceNest* nest, in ReduceTiling tiling, byte* x, ElementType type, in ReduceTarget<TOp, T, TSum> target, bool byRows, long units, long segments,
        long length)
    {
        long perPart = segments > 1 ? 1 : ReduceParts.UnitsPerPart(pool, nest, units);
        int parts = (int)((units + perPart - 1) / perPart * segments);
        if (byRows)
        {
            var rows = new ReduceRows<TOp, T, TSum> { Nest = nest, Type = type, X = x, Target = target, OutputsPerPart = perPart, Segments = segments, SegmentLength = length };
            pool.For(parts, ref rows);
        }
        else
        {
            var columns = new ReduceColumns<TOp, T, TSum> { Nest = nest, Tiling = tiling, X = x, Target = target, TilesPerPart = perPart, Segments = segments, SegmentLength = length };
            pool.For(parts, ref columns);
        }
    }
}
