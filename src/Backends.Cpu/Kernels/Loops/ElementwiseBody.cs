using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Some tiles of an elementwise loop.</summary>
internal unsafe struct ElementwiseBody : IParallelBody
{
    /// <summary>Elements that are computed, then written past the caches: few, so that both overlap.</summary>
    private const int StreamedPiece = 256;

    /// <summary>Bytes ahead of a piece that an input is fetched: stores past the caches keep the hardware from doing so in time.</summary>
    private const nint StreamedAhead = 8192;

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
        byte* stage = stackalloc byte[TilePlan.StageBytes + (LoopNest.MaxOperands * Tiles.Slack)];
        var cursors = default(CursorBuffer);
        byte* free = stage;
        long elements = _plan->Inner * _plan->Rows;
        for (int k = 0; k < _operands; k++)
        {
            if ((_plan->Staged & (1 << k)) == 0)
                continue;
            cursors[k].Buffer = free;
            free += (elements * _operand[k].Type.ComputeSize) + Tiles.Slack;
        }

        long end = Math.Min(_plan->Tiles, (part + 1) * TilesPerPart);
        for (long tile = part * TilesPerPart; tile < end; tile++)
        {
            var (column, rest) = (tile % _plan->InnerTiles, tile / _plan->InnerTiles);
            var (line, outer) = (rest % _plan->AcrossTiles, rest / _plan->AcrossTiles);
            long first = column * _plan->Inner, row = line * _plan->Rows;
            long n = Math.Min(_plan->Inner, _nest->Inner - first), rows = _nest->Rank > 1 ? Math.Min(_plan->Rows, _nest->Sizes[_plan->Across] - row) : 1;
            Place(ref cursors, outer, first, row);
            RunTile(ref cursors, (nint)n, (nint)rows);
        }

        if (_plan->Streams)
            StreamedStores.Finish();
    }

    /// <summary>Finds where each operand starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ref CursorBuffer cursors, long outer, long first, long row)
    {
        for (int k = 0; k < _operands; k++)
        {
            ref var cursor = ref cursors[k];
            int size = _operand[k].Type.Size;
            cursor.Stride = (nint)_nest->InnerStride(k, size);
            cursor.Across = (nint)_nest->AcrossStride(k, _plan->Across);
            cursor.At = _operand[k].Pointer + (first * cursor.Stride) + (row * cursor.Across);
        }

        for (int d = 1; d < _nest->Rank && outer > 0; d++)
        {
            if (d == _plan->Across)
                continue;
            var (rest, index) = Math.DivRem(outer, _nest->Sizes[d]);
            for (int k = 0; k < _operands; k++)
                cursors[k].At += index * _nest->Stride(k, d);
            outer = rest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(ref CursorBuffer cursors, nint n, nint rows)
    {
        for (int k = 1; k < _operands; k++)
            if ((_plan->Staged & (1 << k)) != 0)
                Fetch(ref cursors[k], _operand[k].Type, n, rows, (_plan->Scalars & (1 << (k - 1))) != 0);

        if (_plan->Merged)
            RunRow(ref cursors, 0, n * rows);
        else
            for (nint r = 0; r < rows; r++)
                RunRow(ref cursors, r, n);

        ref var y = ref cursors[0];
        if (y.Buffer != null && !_plan->Streams)
            _operand[0].Type.StoreTile(y.Buffer, y.At, y.Stride, y.Across, n, rows);
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
        while (n > 0)
        {
            nint count = Math.Min(head > 0 ? head : StreamedPiece, n);
            if (ahead != 0)
                Prefetch.Lines((ahead == 1 ? a : ahead == 2 ? b : c) + StreamedAhead, Step(ahead) * count);
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
    private static void Fetch(ref Cursor cursor, ElementType type, nint n, nint rows, bool scalar)
    {
        if (cursor.Fetched == cursor.At && cursor.FetchedLength == n && cursor.FetchedRows >= rows)
            return;
        if (scalar)
            type.LoadTile(cursor.At, cursor.Across, 0, cursor.Buffer, rows, 1);
        else
            type.LoadTile(cursor.At, cursor.Stride, cursor.Across, cursor.Buffer, n, rows);
        cursor.Fetched = cursor.At;
        cursor.FetchedLength = n;
        cursor.FetchedRows = rows;
    }

    /// <summary>An operand at a tile.</summary>
    private struct Cursor
    {
        public byte* At;
        public nint Stride;
        public nint Across;
        public byte* Buffer;
        public byte* Fetched;
        public nint FetchedLength;
        public nint FetchedRows;

        public readonly byte* Row(nint r, nint pitch) => (Buffer == null ? At : Buffer) + (r * pitch);
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
