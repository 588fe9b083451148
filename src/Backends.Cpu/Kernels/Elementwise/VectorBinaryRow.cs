using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The row of a function of two elements, in the widest vectors; see <see cref="VectorUnaryRow{TMap, T}"/> for the last elements.</summary>
internal static unsafe class VectorBinaryRow<TMap, T> where TMap : struct, IVectorMap2<T> where T : unmanaged
{
    public static Row Create(int cost = 1) => new(&Run, cost, Vector128.IsHardwareAccelerated ? &Stream : null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (count == 1 && TMap.ScalarTail)
        {
            *(T*)y = TMap.Apply(*(T*)a, *(T*)b);
            return;
        }

        var loop = new LoopBody { Y = (T*)y, A = (T*)a, B = (T*)b, Count = count, Scalars = scalars };
        if (!WidestVector.Run<LoopBody, T>(ref loop))
            BinaryRow<TMap, T, T>.Run(y, a, b, c, count, scalars);
    }

    private struct LoopBody : IVectorBody<T>
    {
        public T* Y;
        public T* A;
        public T* B;
        public nint Count;
        public int Scalars;

        /// <summary>Which of the operands are one element for all; a program compiles what it meets.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, T>
        {
            switch (Scalars)
            {
                case 0: Pairs<V, L>(Y, A, B, Count); break;
                case 1: OneLeft<V, L>(Y, A, B, Count); break;
                case 2: OneRight<V, L>(Y, A, B, Count); break;
                default: One<V, L>(Y, A, B, Count); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs<V, L>(T* y, T* a, T* b, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        if (count >= 2 * L.Count)
        {
            do
            {
                var first = TMap.Apply<V, L>(L.Load(a + i), L.Load(b + i));
                var second = TMap.Apply<V, L>(L.Load(a + i + L.Count), L.Load(b + i + L.Count));
                L.Store(y + i, first);
                L.Store(y + i + L.Count, second);
                i += 2 * L.Count;
            }
            while (i + (2 * L.Count) <= count);
        }

        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TMap.Apply<V, L>(L.Load(a + i), L.Load(b + i)));
        for (; TMap.ScalarTail && i < count; i++)
            y[i] = TMap.Apply(a[i], b[i]);
        if (!TMap.ScalarTail && i < count)
            Padded<V, L>(y + i, a + i, b + i, default, default, count - i, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneLeft<V, L>(T* y, T* a, T* b, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        T left = *a; // before any write: y may be an input
        V s = L.Create(left);
        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TMap.Apply<V, L>(s, L.Load(b + i)));
        for (; TMap.ScalarTail && i < count; i++)
            y[i] = TMap.Apply(left, b[i]);
        if (!TMap.ScalarTail && i < count)
            Padded<V, L>(y + i, a, b + i, left, default, count - i, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRight<V, L>(T* y, T* a, T* b, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        T right = *b; // before any write: y may be an input
        V s = L.Create(right);
        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TMap.Apply<V, L>(L.Load(a + i), s));
        for (; TMap.ScalarTail && i < count; i++)
            y[i] = TMap.Apply(a[i], right);
        if (!TMap.ScalarTail && i < count)
            Padded<V, L>(y + i, a + i, b, default, right, count - i, 2);
    }

    private static void One<V, L>(T* y, T* a, T* b, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        T value;
        if (TMap.ScalarTail)
            value = TMap.Apply(*a, *b);
        else
            Padded<V, L>(&value, a, b, *a, *b, 1, 3);
        new Span<T>(y, (int)count).Fill(value);
    }

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars == 3) Run(y, a, b, c, count, scalars);
        else if (WideVectors.Have512) Stream<Vector512<T>, Simd512<T>>((T*)y, (T*)a, (T*)b, count, scalars);
        else if (Vector256.IsHardwareAccelerated) Stream<Vector256<T>, Simd256<T>>((T*)y, (T*)a, (T*)b, count, scalars);
        else Stream<Vector128<T>, Simd128<T>>((T*)y, (T*)a, (T*)b, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<V, L>(T* y, T* a, T* b, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        V left = L.Create(*a), right = L.Create(*b);
        nint i = 0;
        switch (scalars)
        {
            case 0:
                for (; i < count; i += L.Count)
                    L.Stream(y + i, TMap.Apply<V, L>(L.Load(a + i), L.Load(b + i)));
                break;
            case 1:
                for (; i < count; i += L.Count)
                    L.Stream(y + i, TMap.Apply<V, L>(left, L.Load(b + i)));
                break;
            default:
                for (; i < count; i += L.Count)
                    L.Stream(y + i, TMap.Apply<V, L>(L.Load(a + i), right));
                break;
        }
    }

    /// <summary>Less than a vector, through padded copies: where the scalar form would give other bits. A scalar is not read again.</summary>
    [SkipLocalsInit]
    private static void Padded<V, L>(T* y, T* a, T* b, T left, T right, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        T* lanes = stackalloc T[2 * L.Count];
        for (nint k = 0; k < L.Count; k++)
        {
            nint from = Math.Min(k, count - 1);
            lanes[k] = (scalars & 1) != 0 ? left : a[from];
            lanes[L.Count + k] = (scalars & 2) != 0 ? right : b[from];
        }

        L.Store(lanes, TMap.Apply<V, L>(L.Load(lanes), L.Load(lanes + L.Count)));
        for (nint k = 0; k < count; k++)
            y[k] = lanes[k];
    }
}
