namespace Nabla;

/// <summary>
/// How an elementwise loop is cut: into tiles of two dimensions, the innermost and one across, and what is done about each operand there.
/// </summary>
internal unsafe struct TilePlan
{
    /// <summary>Bytes of all buffers together: half of a first-level cache.</summary>
    public const int StageBytes = 24 << 10;

    /// <summary>Elements of a tile that needs no buffers: enough to forget what a tile costs, few enough to share out.</summary>
    private const long DirectTile = 16 << 10;

    /// <summary>Rows below this length would cost more in calls than in work: a tile of them is one call.</summary>
    private const long ShortRow = 64;

    /// <summary>Elements in a row of a tile that is transposed: whole cache lines on both sides.</summary>
    private const long TransposedRow = 64;

    /// <summary>The dimension across.</summary>
    public int Across;

    /// <summary>Elements of a tile along the innermost dimension.</summary>
    public long Inner;

    /// <summary>Rows of a tile.</summary>
    public long Rows;

    /// <summary>Tiles along the innermost dimension, along the one across, and in all.</summary>
    public long InnerTiles, AcrossTiles, Tiles;

    /// <summary>A tile is one call and not one for each row.</summary>
    public bool Merged;

    /// <summary>Operands, bit by bit, that go through a buffer.</summary>
    public int Staged;

    /// <summary>Inputs of which a call needs one element.</summary>
    public int Scalars;

    /// <summary>The result goes past the caches: through its buffer where it has one.</summary>
    public bool Streams;

    /// <summary>
    /// The input that is then fetched ahead: the only one that is read from memory and not from a buffer; 0 where there are more, which keep memory
    /// busy by themselves. A row that is read again and again stays in the caches, and what is behind it may be another thread's.
    /// </summary>
    public int Ahead;

    /// <param name="nest">The dimensions, coalesced.</param>
    /// <param name="operands">The result, and the inputs.</param>
    /// <param name="streams">Whether the result is to go past the caches, if it is contiguous.</param>
    /// <param name="through">Whether it then goes through a buffer.</param>
    /// <param name="mostElements">Elements that a tile may have, so that there are tiles for all threads.</param>
    public TilePlan(in LoopNest nest, ReadOnlySpan<Operand> operands, bool streams, bool through, long mostElements)
    {
        long inner = nest.Inner;
        int turned = Turned(nest, operands);
        Across = turned > 0 ? turned : Widest(nest);
        Merged = turned == 0 && inner < ShortRow && nest.Rank > 1;
        int bytes = 0, read = 0;
        for (int k = 0; k < operands.Length; k++)
        {
            var type = operands[k].Type;
            long stride = nest.InnerStride(k, type.Size), across = nest.AcrossStride(k, Across);
            bool scalar = k > 0 && stride == 0 && (!Merged || across == 0);
            bool direct = stride == type.Size && (!Merged || across == inner * stride) && !type.Converts;
            if (scalar)
                Scalars |= 1 << (k - 1);
            if (k == 0 && direct && streams && turned == 0)
                (Streams, direct) = (true, !through);
            if (k > 0 && direct && !scalar && (nest.Rank < 2 || across != 0))
                (read, Ahead) = (read + 1, read == 0 ? k : 0);
            if (direct || (scalar && !type.Converts))
                continue;
            Staged |= 1 << k;
            bytes += type.ComputeSize;
        }

        // A part is whole tiles of one size: a small last one would leave its thread without work while others still have some.
        long largest = Math.Max(64, bytes == 0 ? DirectTile : StageBytes / bytes / 64 * 64), tiles = (mostElements + largest - 1) / largest;
        long most = (((mostElements + tiles - 1) / tiles) + 63) & ~63L;
        Inner = Merged ? inner : Math.Min(inner, turned > 0 ? Math.Min(most, TransposedRow) : most);
        Rows = nest.Rank > 1 ? Math.Clamp(most / Inner, 1, nest.Sizes[Across]) : 1;
        InnerTiles = (inner + Inner - 1) / Inner;
        AcrossTiles = nest.Rank > 1 ? (nest.Sizes[Across] + Rows - 1) / Rows : 1;
        Tiles = InnerTiles * AcrossTiles * (nest.Count / inner / (nest.Rank > 1 ? nest.Sizes[Across] : 1));
    }

    /// <summary>The dimension along which an operand is contiguous that is strided along the innermost; 0 if there is none.</summary>
    private static int Turned(in LoopNest nest, ReadOnlySpan<Operand> operands)
    {
        for (int k = 0; k < operands.Length; k++)
        {
            long size = operands[k].Type.Size;
            if (nest.Rank < 2 || nest.Stride(k, 0) == size || nest.Stride(k, 0) == 0)
                continue;
            for (int d = 1; d < nest.Rank; d++)
                if (nest.Stride(k, d) == size && nest.Sizes[d] > 1)
                    return d;
        }

        return 0;
    }

    /// <summary>The next dimension; where that makes tiny tiles, the largest.</summary>
    private static int Widest(in LoopNest nest)
    {
        int widest = Math.Min(1, nest.Rank - 1);
        if (nest.Rank > 2 && nest.Sizes[0] * nest.Sizes[1] < ShortRow)
            for (int d = 2; d < nest.Rank; d++)
                if (nest.Sizes[d] > nest.Sizes[widest])
                    widest = d;
        return Math.Max(widest, 0);
    }
}
