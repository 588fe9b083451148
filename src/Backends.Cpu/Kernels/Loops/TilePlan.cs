namespace Nabla;

/// <summary>
/// How an elementwise loop is cut: into tiles, and what is done about each operand there. A tile is some rows of the innermost dimension, along one
/// other; or, where rows are short, a box of as many dimensions as it takes to be worth a call.
/// </summary>
internal unsafe struct TilePlan
{
    /// <summary>Bytes of all buffers together: half of a first-level cache.</summary>
    public const int StageBytes = 24 << 10;

    /// <summary>Elements of a tile that needs no buffers: enough to forget what a tile costs, few enough to share out.</summary>
    private const long DirectTile = 16 << 10;

    /// <summary>Rows below this length would cost more in calls than in work: a tile of them is one call.</summary>
    private const long ShortRow = 64;

    /// <summary>Bytes of the result in a row, below which the same holds where rows of a box would lie apart, so that it goes through a buffer.</summary>
    private const long ShortRowApart = 128;

    /// <summary>Two dimensions of fewer elements would cost more as a tile than in work: a tile has more dimensions then.</summary>
    private const long SmallTile = 256;

    /// <summary>The same where the dimension across is the next: a box of a contiguous result needs no buffer for it.</summary>
    private const long SmallTileBeside = 1024;

    /// <summary>Elements in a row of a tile that is transposed: whole cache lines on both sides.</summary>
    private const long TransposedRow = 64;

    /// <summary>Elements of such a tile from which its rows need not be longer.</summary>
    private const long TransposedTile = 2048;

    /// <summary>The dimension across.</summary>
    public int Across;

    /// <summary>Dimensions up to the last along which a tile has more than one element.</summary>
    public int BoxRank;

    /// <summary>Elements of a tile, and tiles in all.</summary>
    public long Elements, Tiles;

    /// <summary>Elements of a tile along each dimension.</summary>
    public fixed long Extents[Shape.MaxRank];

    /// <summary>Tiles along each dimension.</summary>
    public fixed long Counts[Shape.MaxRank];

    /// <summary>A tile is one call and not one for each row.</summary>
    public bool Merged;

    /// <summary>Operands, bit by bit, that go through a buffer.</summary>
    public int Staged;

    /// <summary>Operands, bit by bit, whose elements of a merged tile are neighbours in memory.</summary>
    public int Dense;

    /// <summary>Inputs of which a call needs one element.</summary>
    public int Scalars;

    /// <summary>The result goes past the caches: through its buffer where it has one.</summary>
    public bool Streams;

    /// <summary>
    /// The input that is then fetched ahead: the only one that is read from memory and not from a buffer; 0 where there are more, which keep memory
    /// busy by themselves. A row that is read again and again stays in the caches, and what is behind it may be another thread's.
    /// </summary>
    public int Ahead;

    /// <summary>The two dimensions of a tile, for each operand, that are moved at once into or out of its buffer.</summary>
    private fixed byte _first[LoopNest.MaxOperands], _second[LoopNest.MaxOperands];

    /// <summary>Sets everything: a constructor would clear it first, which a small loop would notice.</summary>
    /// <param name="nest">The dimensions, coalesced.</param>
    /// <param name="operands">The result, and the inputs.</param>
    /// <param name="streams">Whether the result is to go past the caches, if it is contiguous.</param>
    /// <param name="through">Whether it then goes through a buffer.</param>
    /// <param name="mostElements">Elements that a tile may have, so that there are tiles for all threads.</param>
    public void Make(in LoopNest nest, ReadOnlySpan<Operand> operands, bool streams, bool through, long mostElements)
    {
        long inner = nest.Inner;
        int turned = Turned(nest, operands);
        Across = turned > 0 ? turned : Math.Max(0, Math.Min(1, nest.Rank - 1));
        long shortRow = turned > 1 ? Math.Min(ShortRow, ShortRowApart / operands[0].Type.ComputeSize) : ShortRow;
        Merged = nest.Rank > 1 && (inner < shortRow || (nest.Rank > 2 && inner * nest.Sizes[Across] < (turned == 1 ? SmallTileBeside : SmallTile)));

        // A part is whole tiles of one size: a small last one would leave its thread without work while others still have some.
        long bytes = BufferBytes(nest, operands, streams && through), largest = Math.Max(64, bytes == 0 ? DirectTile : StageBytes / bytes / 64 * 64);
        long tiles = (mostElements + largest - 1) / largest, most = (((mostElements + tiles - 1) / tiles) + 63) & ~63L;
        Cut(nest, turned, most);

        (Staged, Dense, Scalars, Ahead, Streams) = (0, 0, 0, 0, false);
        int read = 0;
        for (int k = 0; k < operands.Length; k++)
        {
            var type = operands[k].Type;
            long stride = nest.InnerStride(k, type.Size), across = nest.AcrossStride(k, Across);
            if (Merged && IsDense(nest, k, type.Size))
                Dense |= 1 << k;
            bool scalar = k > 0 && stride == 0 && (!Merged || IsScalar(nest, k, BoxRank));
            bool direct = !type.Converts && (Merged ? (Dense & (1 << k)) != 0 : stride == type.Size);
            if (scalar)
                Scalars |= 1 << (k - 1);
            if (k == 0 && direct && streams && turned == 0)
                (Streams, direct) = (true, !through);
            if (k > 0 && direct && !scalar && (nest.Rank < 2 || across != 0))
                (read, Ahead) = (read + 1, read == 0 ? k : 0);
            if (direct || (scalar && !type.Converts))
                continue;
            Staged |= 1 << k;
            if (!Merged)
                continue;
            (int first, int second) = Pair(nest, k, type.Size);
            (_first[k], _second[k]) = ((byte)first, (byte)second);
        }
    }

    /// <summary>The two dimensions of a tile that are moved at once: of an operand that is contiguous along one of them, whole vectors.</summary>
    public readonly (int First, int Second) Moved(int operand) => (_first[operand], _second[operand]);

    /// <summary>Bytes of an element in all buffers. A box is cut before it is known who needs none: all have one then, but for a single element.</summary>
    private readonly long BufferBytes(in LoopNest nest, ReadOnlySpan<Operand> operands, bool through)
    {
        long bytes = through ? operands[0].Type.ComputeSize : 0;
        for (int k = 0; k < operands.Length; k++)
        {
            var type = operands[k].Type;
            long stride = nest.InnerStride(k, type.Size);
            bool none = Merged ? IsScalar(nest, k, nest.Rank) : stride == type.Size || (k > 0 && stride == 0);
            if (!none || type.Converts)
                bytes += type.ComputeSize;
        }

        return bytes;
    }

    /// <summary>Gives a tile its elements along each dimension: of the innermost and the one across, and of the others where it is a box.</summary>
    private void Cut(in LoopNest nest, int turned, long most)
    {
        long inner = nest.Inner;
        if (!Merged)
            inner = Math.Min(inner, turned > 0 ? Math.Min(most, Math.Max(TransposedRow, TransposedTile / nest.Sizes[turned])) : most);
        (Elements, Tiles, BoxRank) = (1, 1, 1);
        Take(0, inner, nest.Inner);
        if (nest.Rank > 1)
            Take(Across, most / Elements, nest.Sizes[Across]);
        for (int d = 1; d < nest.Rank; d++)
            if (d != Across)
                Take(d, Merged ? most / Elements : 1, nest.Sizes[d]);
    }

    private void Take(int d, long most, long size)
    {
        if (most < size)
        {
            Extents[d] = Math.Max(1, most);
            Counts[d] = most <= 1 ? size : (size + most - 1) / most;
            Tiles *= Counts[d];
        }
        else
        {
            (Extents[d], Counts[d]) = (size, 1);
        }

        Elements *= Extents[d];
        if (Extents[d] > 1)
            BoxRank = Math.Max(BoxRank, d + 1);
    }

    private readonly bool IsDense(in LoopNest nest, int k, int size)
    {
        long run = size;
        bool whole = true; // what follows a dimension that is cut is elsewhere, in the next tile
        for (int d = 0; d < BoxRank; d++)
        {
            if (Extents[d] == 1)
                continue;
            if (nest.Stride(k, d) != run || !whole)
                return false;
            run *= Extents[d];
            whole = Extents[d] == nest.Sizes[d];
        }

        return true;
    }

    private static bool IsScalar(in LoopNest nest, int k, int rank)
    {
        for (int d = 0; d < rank; d++)
            if (nest.Stride(k, d) != 0)
                return false;
        return true;
    }

    /// <summary>
    /// The innermost dimension and the one along which the operand is contiguous, which makes a transpose of them or copies of rows; but the two
    /// longest where there is no such, or too little in it.
    /// </summary>
    private readonly (int First, int Second) Pair(in LoopNest nest, int k, int size)
    {
        int unit = -1, longest = 0, second = -1;
        for (int d = 0; d < BoxRank; d++)
        {
            if (Extents[d] > 1 && unit < 0 && nest.Stride(k, d) == size)
                unit = d;
            if (d > 0 && Extents[d] > Extents[longest])
                (longest, second) = (d, longest);
            else if (d > 0 && (second < 0 || Extents[d] > Extents[second]))
                second = d;
        }

        if (unit > 0 && Extents[0] * Extents[unit] >= ShortRow)
            return (0, unit);
        if (second < 0)
            return (0, 0);
        if (unit == 0 || nest.Stride(k, 0) == 0)
            return (0, longest == 0 ? second : longest);
        return (longest, second);
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
}
