using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Some tiles of an elementwise loop.</summary>
internal unsafe struct ElementwiseBody : IParallelBody
{
    /// <summary>Elements that are computed, then written past the caches: few, so that both overlap.</summary>
    private const int StreamedPiece = 256;

    /// <summary>The same where an input is asked for ahead: as many lines as a core can wait for at once.</summary>
    private const int AskedPiece = 128;

    public long TilesPerPart;

    private readonly LoopNest* _nest;
    private readonly TilePlan* _plan;
    private readonly Row _row;
    private readonly int _operands;
    private OperandBuffer _operand;

    public ElementwiseBody(LoopNest* nest, TilePlan* plan, Row row, ReadOnlySpan<Operand> operands)
    {
        _nest = nest;
        _plan = plan;
        _row = row;
        _operands = operands.Length;
        operands.CopyTo(_operand);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int part)
    {
        byte* stage = stackalloc byte[TilePlan.StageBytes + (LoopNest.MaxOperands * (Tiles.Slack + StreamedStores.Line)) + StreamedStores.Line];
        var cursors = default(CursorBuffer);
        byte* free = Aligned(stage);
        for (int k = 0; k < _operands; k++)
        {
            cursors[k].Stride = (nint)_nest->InnerStride(k, _operand[k].Type.Size);
            cursors[k].Across = (nint)_nest->AcrossStride(k, _plan->Across);
            if ((_plan->Staged & (1 << k)) == 0)
                continue;
            cursors[k].Buffer = free;
            free = Aligned(free + (_plan->Elements * _operand[k].Type.ComputeSize) + Tiles.Slack);
        }

        TileBox box;
        Unsafe.SkipInit(out box);
        box.Extents[0] = 1;
        long end = Math.Min(_plan->Tiles, (part + 1) * TilesPerPart);
        for (long tile = part * TilesPerPart; tile < end; tile++)
        {
            Place(ref cursors, ref box, tile);
            RunTile(ref cursors, ref box);
        }

        if (_plan->Streams)
            StreamedStores.Finish();
    }

    /// <summary>Buffers start with cache lines: where a stack happens to be would decide how many vectors lie across two.</summary>
    private static byte* Aligned(byte* address) => (byte*)(((nint)address + (StreamedStores.Line - 1)) & -StreamedStores.Line);

    /// <summary>Finds where each operand starts, and the elements along each dimension: fewer at the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ref CursorBuffer cursors, ref TileBox box, long tile)
    {
        for (int k = 0; k < _operands; k++)
            cursors[k].At = _operand[k].Pointer;
        box.Short = 0;
        for (int i = 0; i < _nest->Rank; i++)
        {
            int across = _plan->Across, d = i == 0 ? 0 : i == 1 ? across : i <= across ? i - 1 : i; // the one across after the innermost
            long extent = _plan->Extents[d], size = _nest->Sizes[d];
            box.Extents[d] = (nint)extent;
            if (extent == size || tile == 0) // of a dimension that is cut the first part is never the short one
                continue;
            (tile, long index) = Math.DivRem(tile, _plan->Counts[d]);
            long first = index * extent;
            for (int k = 0; k < _operands; k++)
                cursors[k].At += first * _nest->Stride(k, d);
            if (size - first >= extent)
                continue;
            box.Extents[d] = (nint)(size - first);
            box.Short |= 1 << d;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(ref CursorBuffer cursors, ref TileBox box)
    {
        nint n = box.Extents[0], rows = _nest->Rank > 1 ? box.Extents[_plan->Across] : 1, count = n * rows;
        if (_plan->Merged)
        {
            count = 1;
            for (int d = 0; d < _plan->BoxRank; d++)
            {
                box.Pitches[d] = count;
                count *= box.Extents[d];
            }
        }

        for (int k = 1; k < _operands; k++)
            if ((_plan->Staged & (1 << k)) != 0)
                Fetch(ref cursors[k], k, ref box, count);

        if (_plan->Merged)
            RunRow(ref cursors, 0, count);
        else
            for (nint r = 0; r < rows; r++)
                RunRow(ref cursors, r, n);

        if (cursors[0].Buffer != null && !_plan->Streams)
            Store(ref cursors[0], ref box, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRow(ref CursorBuffer cursors, nint r, nint n)
    {
        byte* y = cursors[0].Row(r, Pitch(0, cursors[0], n)), a = cursors[1].Row(r, Pitch(1, cursors[1], n));
        byte* b = cursors[2].Row(r, Pitch(2, cursors[2], n)), c = cursors[3].Row(r, Pitch(3, cursors[3], n));
        int scalars = _plan->Scalars;
        if (_plan->Streams)
            Stream(cursors[0].Buffer, cursors[0].At + (r * cursors[0].Across), a, b, c, n);
        else
            _row.Function(y, a, b, c, n, scalars);
    }

    /// <summary>
    /// A row past the caches, in pieces that start with a cache line: by the operation itself or through the buffer. What shares a line with other
    /// rows is written into the caches.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stream(byte* buffer, byte* y, byte* a, byte* b, byte* c, nint n)
    {
        int scalars = _plan->Scalars, ahead = _plan->Ahead;
        nint size = _operand[0].Type.Size, aStep = Step(1), bStep = Step(2), cStep = Step(3);
        nint line = StreamedStores.Line / size, head = StreamedStores.ToLine(y) / size;
        bool asks = ahead != 0 && (buffer != null || !_row.AsksAhead);
        nint piece = asks ? AskedPiece : StreamedPiece;
        while (n > 0)
        {
            nint count = Math.Min(head > 0 ? head : piece, n);
            if (asks)
                Prefetch.Ahead(ahead == 1 ? a : ahead == 2 ? b : c, Step(ahead) * count);
            if (buffer != null)
            {
                _row.Function(buffer, a, b, c, count, scalars);
                StreamedStores.Copy(buffer, y, count * size);
            }
            else if (count >= line)
            {
                count -= count % line;
                _row.Streamed(y, a, b, c, count, scalars);
            }
            else
            {
                _row.Function(y, a, b, c, count, scalars);
            }

            y += size * count;
            a += aStep * count;
            b += bStep * count;
            c += cStep * count;
            n -= count;
            head = 0;
        }
    }

    private nint Step(int k) => k >= _operands || (_plan->Scalars & (1 << (k - 1))) != 0 ? 0 : _operand[k].Type.ComputeSize;

    /// <summary>Bytes from row to row, in the buffer or in memory.</summary>
    private nint Pitch(int k, in Cursor cursor, nint n)
    {
        if (cursor.Buffer == null)
            return cursor.Across;
        bool scalar = k > 0 && (_plan->Scalars & (1 << (k - 1))) != 0;
        return (scalar ? 1 : n) * _operand[k].Type.ComputeSize;
    }

    /// <summary>Fills an input's buffer, unless it holds the same already: a broadcast row is fetched once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fetch(ref Cursor cursor, int k, ref TileBox box, nint count)
    {
        if (cursor.Fetched == cursor.At && cursor.FetchedShort == box.Short)
            return;
        cursor.Fetched = cursor.At;
        cursor.FetchedShort = box.Short;
        var type = _operand[k].Type;
        bool scalar = (_plan->Scalars & (1 << (k - 1))) != 0;
        if (scalar)
        {
            type.Load(cursor.At, cursor.Across, cursor.Buffer, _plan->Merged ? 1 : box.Extents[_plan->Across]);
        }
        else if (!type.Converts)
        {
            Move(cursor, k, ref box, cursor.Buffer, true);
        }
        else if (!Rows(cursor, k, ref box, count, out nint n, out nint rows))
        {
            byte* bits = cursor.Buffer + (count * (type.ComputeSize - type.Size)); // the end of the buffer, and converted from there
            Move(cursor, k, ref box, bits, true);
            type.Load(bits, type.Size, cursor.Buffer, count);
        }
        else
        {
            for (nint r = 0; r < rows; r++)
                type.Load(cursor.At + (r * cursor.Across), type.Size, cursor.Buffer + (r * n * type.ComputeSize), n);
        }
    }

    /// <summary>Empties the buffer of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(ref Cursor cursor, ref TileBox box, nint count)
    {
        var type = _operand[0].Type;
        if (!type.Converts)
        {
            Move(cursor, 0, ref box, cursor.Buffer, false);
        }
        else if (!Rows(cursor, 0, ref box, count, out nint n, out nint rows))
        {
            type.Store(cursor.Buffer, cursor.Buffer, type.Size, count);
            Move(cursor, 0, ref box, cursor.Buffer, false);
        }
        else
        {
            for (nint r = 0; r < rows; r++)
                type.Store(cursor.Buffer + (r * n * type.ComputeSize), cursor.At + (r * cursor.Across), type.Size, n);
        }
    }

    /// <summary>Whether a conversion finds rows that are worth a call, and which.</summary>
    private bool Rows(in Cursor cursor, int k, ref TileBox box, nint count, out nint n, out nint rows)
    {
        bool dense = (_plan->Dense & (1 << k)) != 0;
        int size = _operand[k].Type.Size;
        (n, rows) = dense || _nest->Rank < 2 || cursor.Across == box.Extents[0] * size ? (count, 1) : (box.Extents[0], box.Extents[_plan->Across]);
        return dense || (!_plan->Merged && cursor.Stride == size);
    }

    /// <summary>Between memory and a buffer: rows, or a box.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(in Cursor cursor, int k, ref TileBox box, byte* buffer, bool load)
    {
        if (_plan->Merged)
        {
            Walk(k, ref box, cursor.At, buffer, load, _plan->BoxRank);
            return;
        }

        var type = _operand[k].Type;
        nint size = type.Size, n = box.Extents[0], rows = _nest->Rank > 1 ? box.Extents[_plan->Across] : 1;
        if (load)
            type.Move(cursor.At, cursor.Stride, cursor.Across, buffer, size, n * size, n, rows);
        else
            type.Move(buffer, size, n * size, cursor.At, cursor.Stride, cursor.Across, n, rows);
    }

    /// <summary>Two dimensions of a box at once, at each index of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk(int k, ref TileBox box, byte* memory, byte* buffer, bool load, int rank)
    {
        var (first, second) = _plan->Moved(k);
        int size = _operand[k].Type.Size, d = rank - 1;
        while (d >= 0 && (d == first || d == second || box.Extents[d] == 1))
            d--;
        if (d >= 0)
        {
            for (nint i = 0; i < box.Extents[d]; i++, memory += _nest->Stride(k, d), buffer += box.Pitches[d] * size)
                Walk(k, ref box, memory, buffer, load, d);
            return;
        }

        nint stride = (nint)_nest->Stride(k, first), across = 0, pitch = box.Pitches[first] * size, pitchAcross = 0, rows = 1;
        if (second != first)
            (across, pitchAcross, rows) = ((nint)_nest->Stride(k, second), box.Pitches[second] * size, box.Extents[second]);
        if (load)
            _operand[k].Type.Move(memory, stride, across, buffer, pitch, pitchAcross, box.Extents[first], rows);
        else
            _operand[k].Type.Move(buffer, pitch, pitchAcross, memory, stride, across, box.Extents[first], rows);
    }

    /// <summary>An operand at a tile.</summary>
    private struct Cursor
    {
        public byte* At;
        public nint Stride;
        public nint Across;
        public byte* Buffer;
        public byte* Fetched;
        public int FetchedShort;

        public readonly byte* Row(nint r, nint pitch) => (Buffer == null ? At : Buffer) + (r * pitch);
    }

    /// <summary>The elements of a tile along each dimension, how far these lie apart in a buffer, and the dimensions, bit by bit, along which there are fewer.</summary>
    private struct TileBox
    {
        public ExtentBuffer Extents;
        public ExtentBuffer Pitches;
        public int Short;
    }

    [InlineArray(Shape.MaxRank)]
    private struct ExtentBuffer
    {
        private nint _first;
    }

    [InlineArray(LoopNest.MaxOperands)]
    private struct CursorBuffer
    {
        private Cursor _first;
    }

    [InlineArray(LoopNest.MaxOperands)]
    private struct OperandBuffer
    {
        private Operand _first;
    }
}
