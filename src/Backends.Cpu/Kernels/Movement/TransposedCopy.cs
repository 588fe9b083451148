using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Copies whose source and destination run along different dimensions, as of a transposed matrix. In tiles, so that each cache line that is
/// read serves all its elements before it is lost.
/// </summary>
internal static unsafe class TransposedCopy
{
    private const int Tile = 32;
    private const long Smallest = 1024;

    /// <summary>Copies if the layouts are of this kind and there is enough to copy; otherwise does nothing and returns false.</summary>
    public static bool Try<T>(WorkerPool pool, in Operand y, in Operand x) where T : unmanaged
    {
        if (x.IsScalar || y.Type.Converts || x.Type.Converts || y.Shape!.ElementCount < Smallest)
            return false;
        LoopNest nest = default;
        nest.Begin(y.Shape);
        nest.Set(0, y.Shape, y.Strides, sizeof(T));
        nest.Set(1, x.Shape, x.Strides, sizeof(T));
        nest.Coalesce(2);
        int along = -1;
        for (int d = 1; d < nest.Rank; d++)
            if (nest.Stride(1, d) == sizeof(T))
                along = d;
        if (along < 0 || nest.Stride(0, 0) != sizeof(T) || Math.Abs(nest.Stride(1, 0)) <= sizeof(T) || nest.Sizes[along] < 4 || nest.Sizes[0] < 4)
            return false;

        long tiles = (nest.Sizes[along] + Tile - 1) / Tile;
        var work = new Work<T> { Nest = &nest, Along = along, Y = y.Pointer, X = x.Pointer, Tiles = tiles };
        Chunks.Run(pool, nest.Count / nest.Sizes[0] / nest.Sizes[along] * tiles, Math.Max(1024, nest.Sizes[0] * Tile * 2), ref work);
        return true;
    }

    /// <summary>A unit is a strip of the source, <see cref="Tile"/> wide, at one index of the other dimensions.</summary>
    private struct Work<T> : IChunkWork where T : unmanaged
    {
        public LoopNest* Nest;
        public int Along;
        public byte* Y;
        public byte* X;
        public long Tiles;

        public readonly void Run(long start, long count)
        {
            for (long unit = start; unit < start + count; unit++)
            {
                byte* y = Y, x = X;
                long rest = unit / Tiles;
                for (int d = 1; d < Nest->Rank; d++)
                {
                    if (d == Along)
                        continue;
                    long index = rest % Nest->Sizes[d];
                    rest /= Nest->Sizes[d];
                    y += index * Nest->Stride(0, d);
                    x += index * Nest->Stride(1, d);
                }

                long first = unit % Tiles * Tile;
                Strip(y + (first * Nest->Stride(0, Along)), x + (first * sizeof(T)), (nint)Math.Min(Tile, Nest->Sizes[Along] - first));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Strip(byte* y, byte* x, nint width)
        {
            nint length = (nint)Nest->Sizes[0], xStride = (nint)Nest->Stride(1, 0), yStride = (nint)Nest->Stride(0, Along);
            for (nint start = 0; start < length; start += Tile)
            {
                nint end = Math.Min(start + Tile, length);
                for (nint j = 0; j < width; j++)
                {
                    var to = (T*)(y + (j * yStride));
                    byte* from = x + (j * sizeof(T)) + (start * xStride);
                    for (nint i = start; i < end; i++, from += xStride)
                        to[i] = *(T*)from;
                }
            }
        }
    }
}
