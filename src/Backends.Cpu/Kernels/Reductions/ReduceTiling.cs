namespace Nabla;

/// <summary>
/// How the outputs of a reduction are cut into tiles, whose columns are combined side by side. Where columns are neighbours in memory, they are read
/// in place. Others are brought together, and where a line of them is short, several lines are, since a tile costs as much as a hundred elements.
/// The cuts depend on shape and layout alone.
/// </summary>
internal readonly unsafe struct ReduceTiling
{
    /// <summary>Rows that are brought together at once: as many as sums take in one look.</summary>
    public const int StagedRows = 8;

    /// <summary>Columns of a line that is worth a tile of its own.</summary>
    private const long LongLine = 128;

    /// <summary>The same of lines that could be read in place: bytes of all their rows. More are read sooner than brought together.</summary>
    private const long LongInPlace = 1280;

    /// <summary>Combined elements, at most, of which lines are brought together: of more, what one tile reads would lie too far apart.</summary>
    private const long FewRows = 64;

    /// <summary>Neighbours, at most, that are combined as columns, since to take each row of so few by itself takes longer.</summary>
    private const long ShortRow = 8;

    private readonly ReduceNest* _nest;
    private readonly ElementType _type;
    private readonly long _inner;
    private readonly long _outer;
    private readonly nint _stride;
    private readonly nint _across;
    private readonly long _columns;
    private readonly long _lines;
    private readonly long _columnCuts;
    private readonly long _lineCuts;

    /// <param name="nest">What is combined.</param>
    /// <param name="type">Of the elements.</param>
    /// <param name="most">Columns of a tile, at most.</param>
    public ReduceTiling(ReduceNest* nest, ElementType type, long most)
    {
        _nest = nest;
        _type = type;
        (_inner, _stride) = nest->KeptRank > 0 ? (nest->KeptSizes[0], (nint)nest->KeptStrides[0]) : (1, type.Size);
        (_outer, _across) = nest->KeptRank > 1 ? (nest->KeptSizes[1], (nint)nest->KeptStrides[1]) : (1, 0);
        _columns = Math.Min(_inner, most);
        bool neighbours = !type.Converts && _stride == type.Size;
        bool together = nest->Count <= FewRows && (neighbours ? nest->Count * _inner * type.Size <= LongInPlace : _inner < LongLine);
        _lines = together ? Math.Min(_outer, most / _columns) : 1;
        InPlace = neighbours && _lines == 1;
        (_columnCuts, _lineCuts) = (Cuts(_inner, _columns), Cuts(_outer, _lines));
        Count = nest->Outputs / (_inner * _outer) * _columnCuts * _lineCuts;
    }

    /// <summary>Columns are read where they are.</summary>
    public bool InPlace { get; }

    /// <summary>Columns of a tile.</summary>
    public long Width => _columns * _lines;

    /// <summary>How many tiles there are.</summary>
    public long Count { get; }

    /// <summary>Whether outputs are better taken one by one, each from its row of neighbours, than as columns.</summary>
    public static bool ByRows(ReduceNest* nest, ElementType type) =>
        nest->ByRows && (nest->KeptRank == 0 || nest->Count > (ReduceReader.IsOneRun(nest, type) ? ShortRow : FewRows) || nest->Outputs < 2 * StagedRows);

    public Tile this[long index]
    {
        get
        {
            (index, long column) = Math.DivRem(index, _columnCuts);
            (index, long line) = Math.DivRem(index, _lineCuts);
            (column, line) = (column * _columns, line * _lines);
            long output = (((index * _outer) + line) * _inner) + column;
            return new(output, _nest->OutputOffset(output), (nint)Math.Min(_columns, _inner - column), (nint)Math.Min(_lines, _outer - line));
        }
    }

    /// <summary>Brings rows of a tile together, one right behind the other, in the type that they compute in.</summary>
    /// <param name="tile">Whose.</param>
    /// <param name="x">The first element of the tensor.</param>
    /// <param name="row">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="y">Receives the rows.</param>
    /// <param name="bits">Room for as many elements as they are in memory.</param>
    public void Load(in Tile tile, byte* x, long row, int count, byte* y, byte* bits)
    {
        nint size = _type.Size, width = tile.Width;
        byte* to = _type.Converts ? bits : y;
        if (tile.Lines == 1 && _nest->Rank == 1)
            _type.Move(x + tile.Offset + (row * _nest->Strides[0]), _stride, (nint)_nest->Strides[0], to, size, width * size, width, count);
        else
            for (int r = 0; r < count; r++)
                _type.Move(x + tile.Offset + _nest->Offset(row + r), _stride, _across, to + (r * width * size), size, tile.Columns * size, tile.Columns, tile.Lines);
        if (_type.Converts)
            _type.Load(bits, size, y, count * width);
    }

    private static long Cuts(long size, long most) => size <= most ? 1 : (size + most - 1) / most;

    /// <summary>Outputs side by side: lines of columns, from one output on that lies so many bytes from the first element.</summary>
    internal readonly record struct Tile(long Output, long Offset, nint Columns, nint Lines)
    {
        public nint Width => Columns * Lines;
    }
}
