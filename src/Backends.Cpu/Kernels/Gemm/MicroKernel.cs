using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>What the tiles of one column panel have in common. Strides are in elements.</summary>
internal unsafe struct TileArgs<TVector> where TVector : struct
{
    public nint K;
    public nint ARowStride;
    public nint AColumnStride;

    /// <summary>From a tile to the one below it.</summary>
    public nint ATileStep;
    public nint BRowStride;
    public nint CRowStride;
    public nint StartRowStride;

    /// <summary>A row of the start is one element, for all columns.</summary>
    public bool StartSpreads;

    /// <summary>What comes next, and how many bytes of it each step of k asks for: it is in the second-level cache then when its turn comes.</summary>
    public byte* Ahead;
    public nint AheadStep;
    public TVector Mask;
}

/// <summary>
/// The register tile: up to 12 rows by two vectors of C stay in registers while k runs. A is read by broadcast through its strides, so
/// that plain, transposed and packed A share this body; B is read in rows of one or two vectors.
/// </summary>
/// <remarks>
/// Each element of C is one chain of multiply-adds over k, whatever the shape of the tile: results do not depend on how rows and
/// columns were split. The rows are 12 locals, since arrays and larger structs do not stay in registers; tests of <c>TRows</c>,
/// <c>TColumns</c> and <c>TStart</c> fold when the body is compiled, and unused locals vanish.
/// </remarks>
internal static unsafe class MicroKernel<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Below this depth C is still cached from the last visit, or too near for a prefetch to help.</summary>
    private const int PrefetchDepth = 64;

    /// <summary>
    /// The least steps for which C is on its way, which bring it from the last-level cache, and the share of many steps, which bring it from memory: asked
    /// for at first, its lines would stand before those of A and B.
    /// </summary>
    private const int LateSteps = 24;
    private const int LateShare = 8;

    /// <summary>Tiles this high are those of large products, the only ones that have something to ask for ahead.</summary>
    private const int TallRows = 5;

    /// <summary>
    /// C[rows, columns] = Start + A B for so many tiles, one below the other; <paramref name="start"/> may be <paramref name="c"/>
    /// itself, and counts for <see cref="FromStart"/> alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TColumns, TStart, TOrder>(T* a, T* b, T* c, T* start, in TileArgs<TVector> args, int tiles)
        where TRows : unmanaged
        where TColumns : struct
        where TStart : struct
        where TOrder : struct
    {
        // Rows of A are one moving pointer apart from their strides, which addresses double or quadruple: a round moves two pointers, not one for each row.
        nint s1 = args.ARowStride * sizeof(T), s3 = 3 * s1, s5 = 5 * s1, s7 = 7 * s1, s9 = 9 * s1, s11 = 11 * s1;
        var step = sizeof(T) * (typeof(TOrder) == typeof(AlongK) ? 1 : args.AColumnStride);
        var bStep = args.BRowStride;
        var mask = args.Mask;
        var cStep = args.CRowStride;
        var ahead = args.Ahead;
        var aheadStep = 2 * args.AheadStep;
        for (; tiles > 0; tiles--, a += args.ATileStep)
        {
            Row r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
            Row r6 = default, r7 = default, r8 = default, r9 = default, r10 = default, r11 = default;
            var at = a;
            var row = b;
            var late = args.K >= PrefetchDepth ? Math.Max(LateSteps, args.K / LateShare) : 0;
            if ((args.K - late) % 2 != 0 && late != 0) late++;   // only the last pair may be half a one
            for (var k = args.K - late; k != 0; (k, late) = (late, 0))
            {
                do
                {
                    Step<TRows, TColumns, TOrder>(
                        ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ref r8, ref r9, ref r10, ref r11,
                        at, 0, s1, s3, s5, s7, s9, s11, row, 0, mask);
                    if (--k == 0) break;
                    Step<TRows, TColumns, TOrder>(
                        ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ref r8, ref r9, ref r10, ref r11,
                        at, step, s1, s3, s5, s7, s9, s11, row, bStep, mask);
                    at = (T*)((byte*)at + 2 * step);
                    row += 2 * bStep;
                    if (sizeof(TRows) < TallRows || !Sse.IsSupported) continue;
                    Sse.Prefetch1(ahead);
                    ahead += aheadStep;
                }
                while (--k != 0);
                if (late != 0) Prefetch<TRows, TColumns>(c, cStep);
            }

            if (typeof(TStart) == typeof(FromZero))
            {
                r0.Store<TColumns>(c, mask);
                if (sizeof(TRows) > 1) r1.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 2) r2.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 3) r3.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 4) r4.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 5) r5.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 6) r6.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 7) r7.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 8) r8.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 9) r9.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 10) r10.Store<TColumns>(c += cStep, mask);
                if (sizeof(TRows) > 11) r11.Store<TColumns>(c += cStep, mask);
            }
            else
            {
                var startStep = args.StartRowStride;
                var spreads = args.StartSpreads;
                r0.StoreSum<TColumns>(c, start, spreads, mask);
                if (sizeof(TRows) > 1) r1.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 2) r2.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 3) r3.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 4) r4.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 5) r5.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 6) r6.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 7) r7.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 8) r8.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 9) r9.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 10) r10.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                if (sizeof(TRows) > 11) r11.StoreSum<TColumns>(c += cStep, start += startStep, spreads, mask);
                start += startStep;
            }

            c += cStep;
        }
    }

    /// <summary>
    /// One step of k: an element of each row of A, and a row of B. Two steps share what moves the pointers: a core that begins four instructions a cycle
    /// is otherwise busier with that than with multiply-adds (a tenth of the time of a product on Cascade Lake).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TRows, TColumns, TOrder>(
        ref Row r0, ref Row r1, ref Row r2, ref Row r3, ref Row r4, ref Row r5, ref Row r6, ref Row r7, ref Row r8, ref Row r9, ref Row r10, ref Row r11,
        T* a, nint inA, nint s1, nint s3, nint s5, nint s7, nint s9, nint s11, T* row, nint inB, TVector mask)
        where TRows : unmanaged
        where TColumns : struct
        where TOrder : struct
    {
        TVector x, y = default;
        if (typeof(TColumns) != typeof(NarrowRaggedColumns))
        {
            x = TLanes.Load(row + inB);
            y = LoadLast<TColumns>(row + inB + TLanes.Count, mask);
        }
        else
        {
            x = LoadLast<TColumns>(row + inB, mask);
        }

        r0.Add<TColumns>((T*)((byte*)a + inA), x, y);
        if (typeof(TOrder) == typeof(AlongK))
        {
            if (sizeof(TRows) > 1) r1.Add<TColumns>((T*)((byte*)a + s1 + inA), x, y);
            if (sizeof(TRows) > 2) r2.Add<TColumns>((T*)((byte*)a + 2 * s1 + inA), x, y);
            if (sizeof(TRows) > 3) r3.Add<TColumns>((T*)((byte*)a + s3 + inA), x, y);
            if (sizeof(TRows) > 4) r4.Add<TColumns>((T*)((byte*)a + 4 * s1 + inA), x, y);
            if (sizeof(TRows) > 5) r5.Add<TColumns>((T*)((byte*)a + s5 + inA), x, y);
            if (sizeof(TRows) > 6) r6.Add<TColumns>((T*)((byte*)a + 2 * s3 + inA), x, y);
            if (sizeof(TRows) > 7) r7.Add<TColumns>((T*)((byte*)a + s7 + inA), x, y);
            if (sizeof(TRows) > 8) r8.Add<TColumns>((T*)((byte*)a + 8 * s1 + inA), x, y);
            if (sizeof(TRows) > 9) r9.Add<TColumns>((T*)((byte*)a + s9 + inA), x, y);
            if (sizeof(TRows) > 10) r10.Add<TColumns>((T*)((byte*)a + 2 * s5 + inA), x, y);
            if (sizeof(TRows) > 11) r11.Add<TColumns>((T*)((byte*)a + s11 + inA), x, y);
        }
        else
        {
            if (sizeof(TRows) > 1) r1.Add<TColumns>((T*)((byte*)a + inA) + 1, x, y);
            if (sizeof(TRows) > 2) r2.Add<TColumns>((T*)((byte*)a + inA) + 2, x, y);
            if (sizeof(TRows) > 3) r3.Add<TColumns>((T*)((byte*)a + inA) + 3, x, y);
            if (sizeof(TRows) > 4) r4.Add<TColumns>((T*)((byte*)a + inA) + 4, x, y);
            if (sizeof(TRows) > 5) r5.Add<TColumns>((T*)((byte*)a + inA) + 5, x, y);
            if (sizeof(TRows) > 6) r6.Add<TColumns>((T*)((byte*)a + inA) + 6, x, y);
            if (sizeof(TRows) > 7) r7.Add<TColumns>((T*)((byte*)a + inA) + 7, x, y);
            if (sizeof(TRows) > 8) r8.Add<TColumns>((T*)((byte*)a + inA) + 8, x, y);
            if (sizeof(TRows) > 9) r9.Add<TColumns>((T*)((byte*)a + inA) + 9, x, y);
            if (sizeof(TRows) > 10) r10.Add<TColumns>((T*)((byte*)a + inA) + 10, x, y);
            if (sizeof(TRows) > 11) r11.Add<TColumns>((T*)((byte*)a + inA) + 11, x, y);
        }
    }

    /// <summary>Asks for C before k has run: otherwise the tile ends waiting for it, and the next tile with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TRows, TColumns>(T* c, nint step) where TRows : unmanaged where TColumns : struct
    {
        if (!Sse.IsSupported) return;
        PrefetchRow<TColumns>(c);
        if (sizeof(TRows) > 1) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 2) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 3) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 4) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 5) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 6) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 7) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 8) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 9) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 10) PrefetchRow<TColumns>(c += step);
        if (sizeof(TRows) > 11) PrefetchRow<TColumns>(c += step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRow<TColumns>(T* c) where TColumns : struct
    {
        Sse.Prefetch0(c);
        if (typeof(TColumns) != typeof(NarrowRaggedColumns)) Sse.Prefetch0(c + TLanes.Count);
    }

    /// <summary>The last vector of a row of B; without masked loads, B has been padded with zeros to whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadLast<TColumns>(T* b, TVector mask) where TColumns : struct =>
        typeof(TColumns) != typeof(FullColumns) && TLanes.HasMaskedLoad ? TLanes.LoadMasked(b, mask) : TLanes.Load(b);

    /// <summary>A row of the tile: its accumulators, of which narrow tiles use the first.</summary>
    private struct Row
    {
        private TVector _x;
        private TVector _y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<TColumns>(T* a, TVector x, TVector y) where TColumns : struct
        {
            var factor = TLanes.Create(*a);
            _x = TLanes.MultiplyAdd(factor, x, _x);
            if (typeof(TColumns) != typeof(NarrowRaggedColumns)) _y = TLanes.MultiplyAdd(factor, y, _y);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store<TColumns>(T* c, TVector mask) where TColumns : struct
        {
            if (typeof(TColumns) == typeof(FullColumns))
            {
                TLanes.Store(c, _x);
                TLanes.Store(c + TLanes.Count, _y);
            }
            else if (typeof(TColumns) == typeof(WideRaggedColumns))
            {
                TLanes.Store(c, _x);
                TLanes.StoreMasked(c + TLanes.Count, _y, mask);
            }
            else
            {
                TLanes.StoreMasked(c, _x, mask);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void StoreSum<TColumns>(T* c, T* start, bool spreads, TVector mask) where TColumns : struct
        {
            var sum = this;
            if (spreads)
            {
                var value = TLanes.Create(*start);
                sum._x = TLanes.Add(value, _x);
                if (typeof(TColumns) != typeof(NarrowRaggedColumns)) sum._y = TLanes.Add(value, _y);
            }
            else if (typeof(TColumns) == typeof(FullColumns))
            {
                sum._x = TLanes.Add(TLanes.Load(start), _x);
                sum._y = TLanes.Add(TLanes.Load(start + TLanes.Count), _y);
            }
            else if (typeof(TColumns) == typeof(WideRaggedColumns))
            {
                sum._x = TLanes.Add(TLanes.Load(start), _x);
                sum._y = TLanes.Add(TLanes.LoadMasked(start + TLanes.Count, mask), _y);
            }
            else
            {
                sum._x = TLanes.Add(TLanes.LoadMasked(start, mask), _x);
            }

            sum.Store<TColumns>(c, mask);
        }
    }
}
