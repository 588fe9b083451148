namespace Nabla;

/// <summary>
/// How C is cut into one rectangle per thread. A thread owns its rectangle for all of K, so that no two threads add into one element,
/// and packs what it needs itself: waiting for panels packed by others costs more than packing them twice.
/// </summary>
internal readonly record struct GemmGrid(int RowParts, int ColumnParts, int RowShare, int ColumnShare)
{
    /// <summary>Multiply-adds in the time of packing one element, or of reading it in place.</summary>
    private const double PackingPrice = 16;
    private const double ReadingPrice = 2;

    public int Parts => RowParts * ColumnParts;

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

        return best;
    }

    public GemmBlock Block(int part, int rows, int columns)
    {
        var (rowPart, columnPart) = Math.DivRem(part, ColumnParts);
        var row = rowPart * RowShare;
        var column = columnPart * ColumnShare;
        return new GemmBlock(row, Math.Min(rows, row + RowShare), column, Math.Min(columns, column + ColumnShare));
    }

    private static int Share(int length, int parts, int quantum) => Math.Min(length, RoundUp(Cover(length, parts), quantum));

    private static int RoundUp(int length, int quantum) => Cover(length, quantum) * quantum;

    private static int Cover(int length, int size) => (int)(((long)length + size - 1) / size);
}
