using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The row of <see cref="EluKernel{TOp}"/>: [g,] x, numbers. The last elements go through the same vector code, from a padded copy. There is no form
/// without vectors: see <see cref="KernelTable.Claims"/>.
/// </summary>
internal static unsafe class EluRow<TOp, T> where TOp : struct, IEluOperator<T> where T : unmanaged
{
    public static Row Create(int cost) => new(&Run, cost);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        var loop = new LoopBody { Y = (T*)y, G = (T*)a, X = (T*)(TOp.TakesGradient ? b : a), Numbers = (T*)(TOp.TakesGradient ? c : b), Count = count };
        loop.GStep = (scalars & 1) == 0 ? 1 : 0;
        loop.XStep = (scalars & (TOp.TakesGradient ? 2 : 1)) == 0 ? 1 : 0;
        WidestVector.Run<LoopBody, T>(ref loop);
    }

    private struct LoopBody : IVectorBody<T>
    {
        public T* Y;
        public T* G;
        public T* X;
        public T* Numbers;
        public nint Count, GStep, XStep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, T> =>
            Loop<V, L>(Y, G, X, Numbers, Count, GStep, XStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(T* y, T* g, T* x, T* numbers, nint count, nint gStep, nint xStep) where V : struct where L : struct, ISimd<V, T>
    {
        V bend = L.Create(numbers[0]), scale = L.Create(numbers[1]), inputScale = L.Create(numbers[2]);
        V oneG = L.Create(*g), oneX = L.Create(*x); // before any write: y may be an input
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TOp.Apply<V, L>(gStep == 0 ? oneG : L.Load(g + i), xStep == 0 ? oneX : L.Load(x + i), bend, scale, inputScale));
        if (i == count)
            return;
        if (gStep != 0)
            oneG = Last<V, L>(g + i, count - i);
        if (xStep != 0)
            oneX = Last<V, L>(x + i, count - i);
        Tail<V, L>(y + i, TOp.Apply<V, L>(oneG, oneX, bend, scale, inputScale), count - i);
    }

    /// <summary>Less than a vector, padded with the last element: padding never does what the data would not.</summary>
    private static V Last<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        T* lanes = stackalloc T[L.Count];
        for (nint k = 0; k < L.Count; k++)
            lanes[k] = x[Math.Min(k, count - 1)];
        return L.Load(lanes);
    }

    private static void Tail<V, L>(T* y, V value, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        T* lanes = stackalloc T[L.Count];
        L.Store(lanes, value);
        for (nint k = 0; k < count; k++)
            y[k] = lanes[k];
    }
}
