using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>What the tiles of one column panel have in common. Strides are in elements.</summary>
internal struct TileArgs<TVector> where TVector : struct
{
    public nint K;
    public nint ARowStride;
    public nint AColumnStride;
    public nint BRowStride;
    public nint CRowStride;
    public TVector Mask;
    public bool Accumulate;
}

/// <summary>
/// The register tile: up to 12 rows by two vectors of C stay in registers while k runs. A is read by broadcast through its strides, so
/// that plain, transposed and packed A share this body; B is read in rows of one or two vectors.
/// </summary>
/// <remarks>
/// Each element of C is one chain of multiply-adds over k, whatever the shape of the tile: results do not depend on how rows and
/// columns were split. The accumulators are 24 locals, since arrays and larger structs do not stay in registers; tests of
/// <c>TRows</c> and <c>TColumns</c> fold when the body is compiled, and unused locals vanish.
/// </remarks>
internal static unsafe class MicroKernel<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Below this depth C is still cached from the last visit, or too near for a prefetch to help.</summary>
    private const int PrefetchDepth = 64;

    /// <summary>C[rows, columns] = A B, or += when accumulating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TColumns>(T* a, T* b, T* c, in TileArgs<TVector> args)
        where TRows : unmanaged
        where TColumns : struct
    {
        TVector c0a = default, c0b = default;
        TVector c1a = default, c1b = default;
        TVector c2a = default, c2b = default;
        TVector c3a = default, c3b = default;
        TVector c4a = default, c4b = default;
        TVector c5a = default, c5b = default;
        TVector c6a = default, c6b = default;
        TVector c7a = default, c7b = default;
        TVector c8a = default, c8b = default;
        TVector c9a = default, c9b = default;
        TVector c10a = default, c10b = default;
        TVector c11a = default, c11b = default;

        // Four row pointers with three rows each: row, row + stride, row + 2 strides are one addressing mode each.
        var stride = args.ARowStride;
        var stride2 = 2 * stride;
        var step = args.AColumnStride;
        var bStep = args.BRowStride;
        var mask = args.Mask;
        var a0 = a;
        var a3 = a0 + 3 * stride;
        var a6 = a3 + 3 * stride;
        var a9 = a6 + 3 * stride;
        var cStep = args.CRowStride;
        if (args.K >= PrefetchDepth)
        {
            Prefetch<TColumns>(c);
            if (sizeof(TRows) > 1) Prefetch<TColumns>(c + cStep);
            if (sizeof(TRows) > 2) Prefetch<TColumns>(c + 2 * cStep);
            if (sizeof(TRows) > 3) Prefetch<TColumns>(c + 3 * cStep);
            if (sizeof(TRows) > 4) Prefetch<TColumns>(c + 4 * cStep);
            if (sizeof(TRows) > 5) Prefetch<TColumns>(c + 5 * cStep);
            if (sizeof(TRows) > 6) Prefetch<TColumns>(c + 6 * cStep);
            if (sizeof(TRows) > 7) Prefetch<TColumns>(c + 7 * cStep);
            if (sizeof(TRows) > 8) Prefetch<TColumns>(c + 8 * cStep);
            if (sizeof(TRows) > 9) Prefetch<TColumns>(c + 9 * cStep);
            if (sizeof(TRows) > 10) Prefetch<TColumns>(c + 10 * cStep);
            if (sizeof(TRows) > 11) Prefetch<TColumns>(c + 11 * cStep);
        }

        for (var k = args.K; k > 0; k--)
        {
            TVector ba, bb = default;
            if (typeof(TColumns) != typeof(NarrowRaggedColumns))
            {
                ba = TLanes.Load(b);
                bb = LoadLast<TColumns>(b + TLanes.Count, mask);
            }
            else
            {
                ba = LoadLast<TColumns>(b, mask);
            }

            Row<TColumns>(a0, ba, bb, ref c0a, ref c0b);
            if (sizeof(TRows) > 1) Row<TColumns>(a0 + stride, ba, bb, ref c1a, ref c1b);
            if (sizeof(TRows) > 2) Row<TColumns>(a0 + stride2, ba, bb, ref c2a, ref c2b);
            if (sizeof(TRows) > 3) Row<TColumns>(a3, ba, bb, ref c3a, ref c3b);
            if (sizeof(TRows) > 4) Row<TColumns>(a3 + stride, ba, bb, ref c4a, ref c4b);
            if (sizeof(TRows) > 5) Row<TColumns>(a3 + stride2, ba, bb, ref c5a, ref c5b);
            if (sizeof(TRows) > 6) Row<TColumns>(a6, ba, bb, ref c6a, ref c6b);
            if (sizeof(TRows) > 7) Row<TColumns>(a6 + stride, ba, bb, ref c7a, ref c7b);
            if (sizeof(TRows) > 8) Row<TColumns>(a6 + stride2, ba, bb, ref c8a, ref c8b);
            if (sizeof(TRows) > 9) Row<TColumns>(a9, ba, bb, ref c9a, ref c9b);
            if (sizeof(TRows) > 10) Row<TColumns>(a9 + stride, ba, bb, ref c10a, ref c10b);
            if (sizeof(TRows) > 11) Row<TColumns>(a9 + stride2, ba, bb, ref c11a, ref c11b);

            a0 += step;
            if (sizeof(TRows) > 3) a3 += step;
            if (sizeof(TRows) > 6) a6 += step;
            if (sizeof(TRows) > 9) a9 += step;
            b += bStep;
        }

        var accumulate = args.Accumulate;
        Write<TColumns>(c, c0a, c0b, mask, accumulate);
        if (sizeof(TRows) > 1) Write<TColumns>(c + cStep, c1a, c1b, mask, accumulate);
        if (sizeof(TRows) > 2) Write<TColumns>(c + 2 * cStep, c2a, c2b, mask, accumulate);
        if (sizeof(TRows) > 3) Write<TColumns>(c + 3 * cStep, c3a, c3b, mask, accumulate);
        if (sizeof(TRows) > 4) Write<TColumns>(c + 4 * cStep, c4a, c4b, mask, accumulate);
        if (sizeof(TRows) > 5) Write<TColumns>(c + 5 * cStep, c5a, c5b, mask, accumulate);
        if (sizeof(TRows) > 6) Write<TColumns>(c + 6 * cStep, c6a, c6b, mask, accumulate);
        if (sizeof(TRows) > 7) Write<TColumns>(c + 7 * cStep, c7a, c7b, mask, accumulate);
        if (sizeof(TRows) > 8) Write<TColumns>(c + 8 * cStep, c8a, c8b, mask, accumulate);
        if (sizeof(TRows) > 9) Write<TColumns>(c + 9 * cStep, c9a, c9b, mask, accumulate);
        if (sizeof(TRows) > 10) Write<TColumns>(c + 10 * cStep, c10a, c10b, mask, accumulate);
        if (sizeof(TRows) > 11) Write<TColumns>(c + 11 * cStep, c11a, c11b, mask, accumulate);
    }

    /// <summary>Asks for a row of C before k runs: otherwise the tile ends waiting for it, and the next tile with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TColumns>(T* c) where TColumns : struct
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(c);
        if (typeof(TColumns) != typeof(NarrowRaggedColumns)) Sse.Prefetch0(c + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TColumns>(T* a, TVector ba, TVector bb, ref TVector ca, ref TVector cb) where TColumns : struct
    {
        var x = TLanes.Broadcast(a);
        ca = TLanes.MultiplyAdd(x, ba, ca);
        if (typeof(TColumns) != typeof(NarrowRaggedColumns)) cb = TLanes.MultiplyAdd(x, bb, cb);
    }

    /// <summary>The last vector of a row of B; without masked loads, B has been padded with zeros to whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadLast<TColumns>(T* b, TVector mask) where TColumns : struct =>
        typeof(TColumns) != typeof(FullColumns) && TLanes.HasMaskedLoad ? TLanes.LoadMasked(b, mask) : TLanes.Load(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TColumns>(T* c, TVector ca, TVector cb, TVector mask, bool accumulate) where TColumns : struct
    {
        if (typeof(TColumns) != typeof(NarrowRaggedColumns))
        {
            TLanes.Store(c, accumulate ? TLanes.Add(TLanes.Load(c), ca) : ca);
            WriteLast<TColumns>(c + TLanes.Count, cb, mask, accumulate);
        }
        else
        {
            WriteLast<TColumns>(c, ca, mask, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLast<TColumns>(T* c, TVector value, TVector mask, bool accumulate) where TColumns : struct
    {
        if (typeof(TColumns) != typeof(FullColumns)) TLanes.StoreMasked(c, accumulate ? TLanes.Add(TLanes.LoadMasked(c, mask), value) : value, mask);
        else TLanes.Store(c, accumulate ? TLanes.Add(TLanes.Load(c), value) : value);
    }
}
