using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// The row of <see cref="ParametricKernel{TOp}"/>: [a,] b, numbers. The last elements go through the same vector code, from a padded copy. There is no form
/// without vectors: see <see cref="KernelTable.Claims"/>.
/// </summary>
internal static unsafe class ParametricRow<TOp, T> where TOp : struct, IParametricOperator<T> where T : unmanaged
{
    public static Row Create(int cost) => new(&Run, cost, Vector128.IsHardwareAccelerated ? &Stream : null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars) => Run(y, a, b, c, count, scalars, streams: false);

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* y, byte* a, byte* b, byte* c, nint count, int scalars) => Run(y, a, b, c, count, scalars, streams: true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars, bool streams)
    {
        var loop = new LoopBody { Streams = streams, Y = (T*)y, A = (T*)a, B = (T*)(TOp.IsPair ? b : a), Numbers = (T*)(TOp.IsPair ? c : b), Count = count };
        loop.AStep = (scalars & 1) == 0 ? 1 : 0;
        loop.BStep = (scalars & (TOp.IsPair ? 2 : 1)) == 0 ? 1 : 0;
        WidestVector.Run<LoopBody, T>(ref loop);
    }

    private struct LoopBody : IVectorBody<T>
    {
        public bool Streams;
        public T* Y;
        public T* A;
        public T* B;
        public T* Numbers;
        public nint Count, AStep, BStep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, T>
        {
            if (Streams)
                Stream<V, L>(Y, A, B, Numbers, Count, AStep, BStep);
            else
                Loop<V, L>(Y, A, B, Numbers, Count, AStep, BStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<V, L>(T* y, T* a, T* b, T* numbers, nint count, nint aStep, nint bStep) where V : struct where L : struct, ISimd<V, T>
    {
        V first = L.Create(numbers[0]), second = L.Create(numbers[1]), third = L.Create(numbers[2]), oneA = L.Create(*a), oneB = L.Create(*b);
        for (nint i = 0; i < count; i += L.Count)
            L.Stream(y + i, TOp.Apply<V, L>(aStep == 0 ? oneA : L.Load(a + i), bStep == 0 ? oneB : L.Load(b + i), first, second, third));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(T* y, T* a, T* b, T* numbers, nint count, nint aStep, nint bStep) where V : struct where L : struct, ISimd<V, T>
    {
        V first = L.Create(numbers[0]), second = L.Create(numbers[1]), third = L.Create(numbers[2]);
        V oneA = L.Create(*a), oneB = L.Create(*b); // before any write: y may be an input
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TOp.Apply<V, L>(aStep == 0 ? oneA : L.Load(a + i), bStep == 0 ? oneB : L.Load(b + i), first, second, third));
        if (i == count)
            return;
        if (aStep != 0)
            oneA = PartialVector<V, L, T>.Load(a + i, count - i);
        if (bStep != 0)
            oneB = PartialVector<V, L, T>.Load(b + i, count - i);
        PartialVector<V, L, T>.Store(y + i, TOp.Apply<V, L>(oneA, oneB, first, second, third), count - i);
    }
}
