using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A function of three elements that is the same for all element types.</summary>
internal interface ITripleFormula
{
    static abstract V Apply<V, L, T>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>An elementwise composite of three tensors.</summary>
/// <param name="cost">Of an element, in additions.</param>
internal sealed unsafe class TripleKernel<TFormula>(int cost) : CpuKernel where TFormula : struct, ITripleFormula
{
    private readonly RowTable _rows = new(d => d == DType.Float64 ? TripleRow<TFormula, double>.Create(cost) : TripleRow<TFormula, float>.Create(cost));

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var type = ElementType.Of(call.Inputs[0].DType);
        var y = Output(device, call, outputs);
        ElementwiseLoop.Run(device.Workers, _rows[y.DType], 3, new(y, type), new(call.Inputs[0], type), new(call.Inputs[1], type), new(call.Inputs[2], type));
    }
}

/// <summary>
/// Its row; <see cref="PartialVector{V, L, T}"/> has its last elements. There is no form without vectors: see <see cref="KernelTable.Claims"/>.
/// </summary>
internal static unsafe class TripleRow<TFormula, T> where TFormula : struct, ITripleFormula where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Row Create(int cost) => new(&Run, cost, Vector128.IsHardwareAccelerated ? &Stream : null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        var loop = new LoopBody { Y = (T*)y, A = (T*)a, B = (T*)b, C = (T*)c, Count = count, Scalars = scalars };
        WidestVector.Run<LoopBody, T>(ref loop);
    }

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        var loop = new LoopBody { Y = (T*)y, A = (T*)a, B = (T*)b, C = (T*)c, Count = count, Scalars = scalars, Streams = true };
        WidestVector.Run<LoopBody, T>(ref loop);
    }

    private struct LoopBody : IVectorBody<T>
    {
        public T* Y;
        public T* A;
        public T* B;
        public T* C;
        public nint Count;
        public int Scalars;
        public bool Streams;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, T>
        {
            if (Streams)
                Stream<V, L>(Y, A, B, C, Count, Scalars);
            else
                Loop<V, L>(Y, A, B, C, Count, Scalars);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<V, L>(T* y, T* a, T* b, T* c, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        V oneA = L.Create(*a), oneB = L.Create(*b), oneC = L.Create(*c);
        for (nint i = 0; i < count; i += L.Count)
            L.Stream(y + i, TFormula.Apply<V, L, T>(
                (scalars & 1) != 0 ? oneA : L.Load(a + i), (scalars & 2) != 0 ? oneB : L.Load(b + i), (scalars & 4) != 0 ? oneC : L.Load(c + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(T* y, T* a, T* b, T* c, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        V oneA = L.Create(*a), oneB = L.Create(*b), oneC = L.Create(*c); // before any write: y may be an input
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
            L.Store(y + i, TFormula.Apply<V, L, T>(
                (scalars & 1) != 0 ? oneA : L.Load(a + i), (scalars & 2) != 0 ? oneB : L.Load(b + i), (scalars & 4) != 0 ? oneC : L.Load(c + i)));
        if (i == count)
            return;
        if ((scalars & 1) == 0) oneA = PartialVector<V, L, T>.Load(a + i, count - i);
        if ((scalars & 2) == 0) oneB = PartialVector<V, L, T>.Load(b + i, count - i);
        if ((scalars & 4) == 0) oneC = PartialVector<V, L, T>.Load(c + i, count - i);
        PartialVector<V, L, T>.Store(y + i, TFormula.Apply<V, L, T>(oneA, oneB, oneC), count - i);
    }
}
