using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// The row of a function of one element, in the widest vectors. The last elements go through the same vector code, in a vector that overlaps the one
/// before or, where there is none, from a padded copy: a result never depends on where a row ends.
/// </summary>
internal static unsafe class VectorUnaryRow<TMap, T> where TMap : struct, IVectorMap<T> where T : unmanaged
{
    public static Row Create(int cost = 1)
    {
        TMap.Prepare();
        return new(&Run, cost, Vector128.IsHardwareAccelerated ? &Stream : null) { AsksAhead = true, Block = &RunBlock };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0)
        {
            T value = *(T*)a;
            Run((byte*)&value, (byte*)&value, null, null, 1, 0);
            new Span<T>(y, (int)count).Fill(value);
            return;
        }

        var loop = new LoopBody { Y = (T*)y, X = (T*)a, Count = count };
        if (!WidestVector.Run<LoopBody, T>(ref loop))
            UnaryRow<TMap, T, T>.Run(y, a, b, c, count, scalars);
    }

    private struct LoopBody : IVectorBody<T>
    {
        public T* Y;
        public T* X;
        public nint Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, T> => Loop<V, L>(Y, X, Count);
    }

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0) Run(y, a, b, c, count, scalars);
        else if (WideVectors.Have512) Stream<Vector512<T>, Simd512<T>>((T*)y, (T*)a, count);
        else if (Vector256.IsHardwareAccelerated) Stream<Vector256<T>, Simd256<T>>((T*)y, (T*)a, count);
        else Stream<Vector128<T>, Simd128<T>>((T*)y, (T*)a, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<V, L>(T* y, T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        do // tested at its end: see Loop
        {
            Prefetch.Ahead(x + i);
            L.Stream(y + i, TMap.Apply<V, L>(L.Load(x + i)));
            i += L.Count;
        }
        while (i < count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(T* y, T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        if (count < L.Count)
        {
            if (count > 0)
                Tail<V, L>(y, x, count);
            return;
        }

        V last = L.Load(x + count - L.Count); // before any write: y may be x, and the last vector overlaps the one before
        if (count >= 2 * L.Count)
        {
            // Tested at its end, so that the compiler loads a function's constants once and not in every round.
            do
            {
                V x0 = L.Load(x + i), x1 = L.Load(x + i + L.Count);
                L.Store(y + i, TMap.Apply<V, L>(x0));
                L.Store(y + i + L.Count, TMap.Apply<V, L>(x1));
                i += 2 * L.Count;
            }
            while (i + (2 * L.Count) <= count);
        }

        if (i + L.Count < count)
            L.Store(y + i, TMap.Apply<V, L>(L.Load(x + i)));
        if (i < count)
            L.Store(y + count - L.Count, TMap.Apply<V, L>(last));
    }

    /// <summary>See <see cref="Row.Block"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBlock(byte* y, nint stride, nint rows, nint columns)
    {
        if (stride == columns)
            (rows, columns) = (1, rows * columns);
        if (WideVectors.Have512) Block<Vector512<T>, Simd512<T>>((T*)y, stride, rows, columns);
        else if (Vector256.IsHardwareAccelerated) Block<Vector256<T>, Simd256<T>>((T*)y, stride, rows, columns);
        else if (Vector128.IsHardwareAccelerated) Block<Vector128<T>, Simd128<T>>((T*)y, stride, rows, columns);
        else
            for (; rows > 0; rows--, y += stride * sizeof(T))
                UnaryRow<TMap, T, T>.Run(y, y, null, null, columns, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<V, L>(T* y, nint stride, nint rows, nint columns) where V : struct where L : struct, ISimd<V, T>
    {
        nint whole = columns - (columns % L.Count);
        for (; rows > 0; rows--, y += stride)
        {
            for (nint i = 0; i < whole; i += L.Count)
                L.Store(y + i, TMap.Apply<V, L>(L.Load(y + i)));
            if (whole < columns)
                Tail<V, L>(y + whole, y + whole, columns - whole);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tail<V, L>(T* y, T* x, nint count) where V : struct where L : struct, ISimd<V, T> =>
        PartialVector<V, L, T>.Store(y, TMap.Apply<V, L>(PartialVector<V, L, T>.Load(x, count)), count);
}
