namespace Nabla;

/// <summary>Work on neighbouring columns.</summary>
internal interface IColumnWork
{
    /// <param name="first">Offset of the first element of the first column.</param>
    /// <param name="width">How many columns: at most <see cref="ReduceTile.Columns"/>.</param>
    void Run(long first, nint width);
}

/// <summary>A dense float32 tensor as [outer, axis, inner], in tiles of columns.</summary>
internal readonly unsafe struct ColumnTiles
{
    /// <summary>Elements of a tile: three tensors of as many stay in a second-level cache from one pass down a tile to the next.</summary>
    private const long TileElements = 1 << 16;

    /// <summary>Columns of a tile, at least: whole cache lines, and enough of them for the hardware to foresee the next ones.</summary>
    private const long Narrowest = 64;

    /// <summary>
    /// So many tiles keep threads busy: where there are not many columns in all, tiles are no narrower than that takes, and threads beyond so many
    /// find nothing to do.
    /// </summary>
    private const long Enough = 16;

    private readonly long _width;

    public ColumnTiles(Shape shape, int axis)
    {
        Axis = shape[axis];
        Inner = 1;
        for (int d = axis + 1; d < shape.Rank; d++)
            Inner *= (nint)shape[d];
        long outer = shape.ElementCount / (Axis * Inner);
        long width = Math.Min(TileElements / Axis, outer * Inner / Enough) / Narrowest * Narrowest;
        _width = Math.Clamp(width, Narrowest, ReduceTile.Columns);
        Count = outer * TilesOfRow;
    }

    public long Axis { get; }

    /// <summary>Elements from one index of the dimension to the next; 1 means that the dimension is the last one.</summary>
    public nint Inner { get; }

    public long Count { get; }

    /// <summary>
    /// Whether to go down tiles, each of which one thread passes while it is in its cache. Few columns are better cut into segments, and long ones
    /// leave the cache anyway. By the shape alone, as what is rounded differs.
    /// </summary>
    public bool AreWorthwhile => Count >= Enough && Axis * Narrowest <= TileElements;

    private long TilesOfRow => (Inner + _width - 1) / _width;

    /// <summary>Runs all tiles.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="cost">Of an element, in additions.</param>
    /// <param name="work">The work.</param>
    public void Run<TWork>(WorkerPool pool, long cost, TWork work) where TWork : struct, IColumnWork
    {
        var tiles = new Tiles<TWork> { Layout = this, Work = work };
        Chunks.Run(pool, Count, Axis * Math.Min(_width, Inner) * cost, ref tiles);
    }

    /// <summary>Combines the rows of a tile, <paramref name="stride"/> elements apart, into sums of its columns.</summary>
    public static void Reduce<TOp, TSum>(TSum* sums, float* x, long rows, nint stride, nint width) where TOp : struct, IReduction<float, TSum> where TSum : unmanaged
    {
        float** pointers = stackalloc float*[ReduceTile.Rows];
        while (rows > 0)
        {
            int count = (int)Math.Min(ReduceTile.Rows, rows);
            for (int r = 0; r < count; r++, x += stride)
                pointers[r] = x;
            TOp.Rows(sums, pointers, count, width);
            rows -= count;
        }
    }

    private struct Tiles<TWork> : IChunkWork where TWork : struct, IColumnWork
    {
        public ColumnTiles Layout;
        public TWork Work;

        public void Run(long start, long count)
        {
            for (long tile = start; tile < start + count; tile++)
            {
                var (outer, column) = Math.DivRem(tile, Layout.TilesOfRow);
                column *= Layout._width;
                Work.Run((outer * Layout.Axis * Layout.Inner) + column, (nint)Math.Min(Layout._width, Layout.Inner - column));
            }
        }
    }
}
