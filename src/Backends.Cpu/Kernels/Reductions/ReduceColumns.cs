using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Part of a reduction whose outputs are neighbours: a tile of them, and a segment of the rows.</summary>
internal unsafe struct ReduceColumns<TOp, T, TSum> : IParallelBody
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Rows that are read side by side: the sums are then loaded and stored once for all.</summary>
    public const int RowsAtOnce = 8;

    /// <summary>Outputs of a tile: their sums and the staged rows stay in the second-level cache.</summary>
    public const int Tile = 512;

    public ReduceNest* Nest;
    public ElementType Type;
    public byte* X;
    public TSum* Sums;
    public long Segments;
    public long SegmentLength;

    public static long TilesOf(long width) => (width + Tile - 1) / Tile;

    [SkipLocalsInit]
    public readonly void Run(int part)
    {
        byte* buffer = stackalloc byte[Tile * RowsAtOnce * sizeof(double)];
        T** rows = stackalloc T*[RowsAtOnce];
        long inner = Nest->KeptRank == 0 ? 1 : Nest->KeptSizes[0];
        nint stride = Nest->KeptRank == 0 ? Type.Size : (nint)Nest->KeptStrides[0];
        bool direct = !Type.Converts && stride == Type.Size;
        long tiles = TilesOf(inner), segment = part % Segments, unit = part / Segments;
        long column = unit % tiles * Tile, output = (unit / tiles * inner) + column;
        nint width = (nint)Math.Min(Tile, inner - column);
        byte* origin = X + Nest->OutputOffset(output);
        TSum* sums = Sums + (segment * Nest->Outputs) + output;
        new Span<TSum>(sums, (int)width).Fill(TOp.Seed);
        long row = segment * SegmentLength, end = Math.Min(row + SegmentLength, Nest->Count);
        while (row < end)
        {
            int count = (int)Math.Min(RowsAtOnce, end - row);
            for (int r = 0; r < count; r++)
            {
                byte* source = origin + Nest->Offset(row + r);
                rows[r] = (T*)source;
                if (direct)
                    continue;
                rows[r] = (T*)buffer + (r * Tile);
                Type.Load(source, stride, (byte*)rows[r], width);
            }

            TOp.Rows(sums, rows, count, width);
            row += count;
        }
    }
}
