using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Part of a reduction whose outputs are neighbours: some tiles of them, or a segment of the rows of one.</summary>
internal unsafe struct ReduceColumns<TOp, T, TSum> : IParallelBody
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Rows that are brought into a buffer at once.</summary>
    private const int StagedRows = 8;

    public ReduceNest* Nest;
    public ElementType Type;
    public byte* X;
    public ReduceTarget<TOp, T, TSum> Target;
    public long TilesPerPart;
    public long Segments;
    public long SegmentLength;

    /// <summary>How many tiles there are.</summary>
    public static long Tiles(ReduceNest* nest)
    {
        long inner = nest->KeptRank == 0 ? 1 : nest->KeptSizes[0];
        return nest->Outputs / inner * TilesOf(inner);
    }

    private static long TilesOf(long width) => (width + ReduceTile.Columns - 1) / ReduceTile.Columns;

    public readonly void Run(int part)
    {
        long segment = part % Segments, first = part / Segments * TilesPerPart, end = Math.Min(first + TilesPerPart, Tiles(Nest));
        for (long tile = first; tile < end; tile++)
            Run(tile, segment);
    }

    private readonly void Run(long unit, long segment)
    {
        long inner = Nest->KeptRank == 0 ? 1 : Nest->KeptSizes[0];
        nint stride = Nest->KeptRank == 0 ? Type.Size : (nint)Nest->KeptStrides[0];
        long tiles = TilesOf(inner);
        long column = unit % tiles * ReduceTile.Columns, output = (unit / tiles * inner) + column;
        nint width = (nint)Math.Min(ReduceTile.Columns, inner - column);
        byte* origin = X + Nest->OutputOffset(output);
        long row = segment * SegmentLength, end = Math.Min(row + SegmentLength, Nest->Count), slot = (segment * Nest->Outputs) + output;
        if (!Type.Converts && stride == Type.Size)
            RunDirect(origin, width, row, end, slot);
        else
            RunStaged(origin, stride, width, row, end, slot);
    }

    [SkipLocalsInit]
    private readonly void RunDirect(byte* origin, nint width, long row, long end, long slot)
    {
        T** rows = stackalloc T*[ReduceTile.Rows];
        TSum* sums = stackalloc TSum[ReduceTile.Columns];
        new Span<TSum>(sums, (int)width).Fill(TOp.Seed);
        while (row < end)
        {
            int count = (int)Math.Min(ReduceTile.Rows, end - row);
            Locate(rows, origin, row, count);
            TOp.Rows(sums, rows, count, width);
            row += count;
        }

        Target.Write(slot, sums, width);
    }

    [SkipLocalsInit]
    private readonly void RunStaged(byte* origin, nint stride, nint width, long row, long end, long slot)
    {
        byte* buffer = stackalloc byte[ReduceTile.Columns * StagedRows * sizeof(double)];
        T** rows = stackalloc T*[StagedRows];
        TSum* sums = stackalloc TSum[ReduceTile.Columns];
        new Span<TSum>(sums, (int)width).Fill(TOp.Seed);
        while (row < end)
        {
            int count = (int)Math.Min(StagedRows, end - row);
            for (int r = 0; r < count; r++)
            {
                rows[r] = (T*)buffer + (r * ReduceTile.Columns);
                Type.Load(origin + Nest->Offset(row + r), stride, (byte*)rows[r], width);
            }

            TOp.Rows(sums, rows, count, width);
            row += count;
        }

        Target.Write(slot, sums, width);
    }

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
