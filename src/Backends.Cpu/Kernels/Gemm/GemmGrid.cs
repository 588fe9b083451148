namespace Nabla;

/// <summary>
/// How C is cut into one rectangle per thread, or two. A thread owns its rectangles for all of K, so that no two threads add into one element,
/// and packs what it needs itself: waiting for panels packed by others costs more than packing them twice.
/// </summary>
internal readonly record struct GemmGrid(int RowParts, int ColumnParts, int RowShare, int ColumnShare)
{
    /// <summary>Multiply-adds in the time of packing one element, or of reading it in place.</summary>
    private const double PackingPrice = 16;
    private const double ReadingPrice = 2;

    /// <summary>Rows of a slice of the columns that are left over, at the least: fewer wait for their own additions.</summary>
    private const int LeastSlice = 8;

    /// <summary>Columns left over by equal shares: a part has a slice of their rows besides its rectangle.</summary>
    public int Rest { get; init; }

    /// <summary>Rows of such a slice.</summary>
    public int RestShare { get; init; }

    public int Parts => RowParts * ColumnParts;

    /// <summary>Rectangles of C; those of a part follow each other.</summary>
    public int Blocks => Rest > 0 ? 2 * Parts : Parts;

    /// <summary>
    /// The grid whose largest rectangle is done first: its multiply-adds, and its share of both operands at the price of packing or reading.
    /// Shares are whole multiples of the quanta, so that tiles, and cache lines of C, are not cut.
    /// </summary>
    public static GemmGrid Choose(int rows, int columns, int rowQuantum, int columnQuantum, int threads, bool packsA = false, bool packsB = false)
    {
        var best = new GemmGrid(1, 1, rows, columns);
        if (threads == 1) return best;
        var bestCost = double.PositiveInfinity;
        for (var rowParts = 1; rowParts <= threads; rowParts++)
        {
            var rowShare = Share(rows, rowParts, rowQuantum);
            var columnShare = Share(columns, threads / rowParts, columnQuantum);
            var cost = (double)rowShare * RoundUp(columnShare, columnQuantum)
                + (packsA ? PackingPrice : ReadingPrice) * rowShare
                + (packsB ? PackingPrice : ReadingPrice) * columnShare;
            if (cost >= bestCost) continue;
            bestCost = cost;
            best = new GemmGrid(Cover(rows, rowShare), Cover(columns, columnShare), rowShare, columnShare);
        }

        return best.RowParts == 1 && !packsA && !packsB ? best.Even(rows, columns, rowQuantum, columnQuantum) : best;
    }

    public GemmBlock Block(int index, int rows, int columns)
    {
        var part = index;
        if (Rest > 0)
        {
            (part, var rest) = Math.DivRem(index, 2);
            if (rest != 0) return new GemmBlock(part * RestShare, Math.Min(rows, (part + 1) * RestShare), columns - Rest, columns);
        }

        var (rowPart, columnPart) = RowParts == 1 ? (0, part) : Math.DivRem(part, ColumnParts);
        var row = rowPart * RowShare;
        var column = columnPart * ColumnShare;
        return new GemmBlock(row, Math.Min(rows, row + RowShare), column, Math.Min(columns, column + ColumnShare));
    }

    /// <summary>
    /// Columns in equal shares, and what these leave over in slices of rows: 49 vectors are 24 and a half for each of two threads, not 25 and 24.
    /// Without packing, which each part would do for its slice again.
    /// </summary>
    private GemmGrid Even(int rows, int columns, int rowQuantum, int columnQuantum)
    {
        var (each, over) = Math.DivRem(Cover(columns, columnQuantum), ColumnParts);
        if (each == 0 || over == 0) return this;
        var share = each * columnQuantum;
        var slice = Share(rows, ColumnParts, rowQuantum);
        if (slice < LeastSlice || Cover(rows, slice) < ColumnParts) return this;
        return this with { ColumnShare = share, Rest = columns - ColumnParts * share, RestShare = slice };
    }

    private static int Share(int length, int parts, int quantum) => Math.Min(length, RoundUp(Cover(length, parts), quantum));

    private static int RoundUp(int length, int quantum) => Cover(length, quantum) * quantum;

    private static int Cover(int length, int size) => (int)(((long)length + size - 1) / size);
}
