using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Transposes a strip of rows that are contiguous in memory. A vector is loaded as 128-bit pieces of distant rows, so that only the small
/// transposes within pieces need shuffles: 8 for 4 steps of 16 rows of floats, a third of what a 16 by 16 network takes.
/// </summary>
internal static unsafe class Transposer<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Steps that one block covers.</summary>
    public static int Steps => 16 / sizeof(T);

    /// <summary>destination[step * width + lane] = source[lane * stride + step], for whole blocks of steps and a vector of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* source, nint stride, int steps, T* destination, nint width)
    {
        for (var step = 0; step + Steps <= steps; step += Steps)
        {
            if (sizeof(T) == 4) Block4(source + step, stride, destination + step * width, width);
            else Block2(source + step, stride, destination + step * width, width);
        }
    }

    /// <summary>Piece p of register i holds row 4p + i, steps 0 to 3; piece p of output i: step i of rows 4p to 4p + 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(T* source, nint stride, T* destination, nint width)
    {
        var r0 = TLanes.LoadPieces(source, 4 * stride);
        var r1 = TLanes.LoadPieces(source + stride, 4 * stride);
        var r2 = TLanes.LoadPieces(source + 2 * stride, 4 * stride);
        var r3 = TLanes.LoadPieces(source + 3 * stride, 4 * stride);
        var low01 = TLanes.InterleaveLow(r0, r1);
        var low23 = TLanes.InterleaveLow(r2, r3);
        var high01 = TLanes.InterleaveHigh(r0, r1);
        var high23 = TLanes.InterleaveHigh(r2, r3);
        TLanes.Store(destination, TLanes.PairLow(low01, low23));
        TLanes.Store(destination + width, TLanes.PairHigh(low01, low23));
        TLanes.Store(destination + 2 * width, TLanes.PairLow(high01, high23));
        TLanes.Store(destination + 3 * width, TLanes.PairHigh(high01, high23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block2(T* source, nint stride, T* destination, nint width)
    {
        var r0 = TLanes.LoadPieces(source, 2 * stride);
        var r1 = TLanes.LoadPieces(source + stride, 2 * stride);
        TLanes.Store(destination, TLanes.PairLow(r0, r1));
        TLanes.Store(destination + width, TLanes.PairHigh(r0, r1));
    }
}
