using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Part of a reduction whose outputs are taken side by side: some tiles of them, or a segment of the rows of one.</summary>
internal unsafe struct ReduceColumns<TOp, T, TSum> : IParallelBody
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    private const int StagedRows = ReduceTiling.StagedRows;

    /// <summary>Bytes of a cache line: a vector of sums that lies in two takes longer to write and to read.</summary>
    private const int Line = 64;

    private static int Room => (ReduceTile.Columns * sizeof(TSum)) + Line;

    public ReduceNest* Nest;
    public ReduceTiling Tiling;
    public byte* X;
    public ReduceTarget<TOp, T, TSum> Target;
    public long TilesPerPart;
    public long Segments;
    public long SegmentLength;

    public readonly void Run(int part)
    {
        long segment = part % Segments, first = part / Segments * TilesPerPart, end = Math.Min(first + TilesPerPart, Tiling.Count);
        long row = segment * SegmentLength, last = Math.Min(row + SegmentLength, Nest->Count), slot = segment * Nest->Outputs;
        if (Tiling.InPlace)
            RunInPlace(first, end, row, last, slot);
        else
            RunStaged(first, end, row, last, slot);
    }

    [SkipLocalsInit]
    private readonly void RunInPlace(long first, long end, long start, long last, long slot)
    {
        T** rows = stackalloc T*[ReduceTile.Rows];
        byte* room = stackalloc byte[Room];
        TSum* sums = Aligned(room);
        for (long index = first; index < end; index++)
        {
            var tile = Tiling[index];
            nint width = tile.Width;
            new Span<TSum>(sums, (int)width).Fill(TOp.Seed);
            int count;
            for (long row = start; row < last; row += count)
            {
                count = (int)Math.Min(ReduceTile.Rows, last - row);
                Locate(rows, X + tile.Offset, row, count);
                TOp.Rows(sums, rows, count, width);
            }

            Target.Write(slot + tile.Output, sums, width);
        }
    }

    [SkipLocalsInit]
    private readonly void RunStaged(long first, long end, long start, long last, long slot)
    {
        const int Staged = StagedRows * ReduceTile.Columns;
        byte* buffer = stackalloc byte[Staged * sizeof(T)], bits = stackalloc byte[Staged * sizeof(ushort)]; // what is converted is a half type
        T** rows = stackalloc T*[StagedRows];
        byte* room = stackalloc byte[Room];
        TSum* sums = Aligned(room);
        for (long index = first; index < end; index++)
        {
            var tile = Tiling[index];
            nint width = tile.Width;
            new Span<TSum>(sums, (int)width).Fill(TOp.Seed);
            for (int r = 0; r < StagedRows; r++)
                rows[r] = (T*)buffer + (r * width);
            for (long row = start; row < last; row += StagedRows)
            {
                int count = (int)Math.Min(StagedRows, last - row);
                Tiling.Load(tile, X, row, count, buffer, bits);
                TOp.Rows(sums, rows, count, width);
            }

            Target.Write(slot + tile.Output, sums, width);
        }
    }

    private static TSum* Aligned(byte* room) => (TSum*)(((nint)room + Line - 1) & -Line);

    private readonly void Locate(T** rows, byte* origin, long row, int count)
    {
        if (Nest->Rank == 1)
        {
            // Most reductions: no call for each row, of which a short one takes no longer.
            long stride = Nest->Strides[0];
            byte* at = origin + (row * stride);
            for (int r = 0; r < count; r++, at += stride)
                rows[r] = (T*)at;
            return;
        }

        for (int r = 0; r < count; r++)
            rows[r] = (T*)(origin + Nest->Offset(row + r));
    }
}
