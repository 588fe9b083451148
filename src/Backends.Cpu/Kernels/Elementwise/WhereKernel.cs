using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary><see cref="WhereOp"/>: chooses bits, whatever they mean.</summary>
internal sealed unsafe class WhereKernel : CpuKernel
{
    /// <summary>Condition, value where true, value elsewhere; by the bits of the element type.</summary>
    internal static readonly RowTable Rows = new(static d => d.VisitBits<Visitor, Row>(default));

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var dtype = call.OutputSpecs[0].DType;
        var type = ElementType.Bits(dtype);
        var y = Output(device, call, outputs);
        ElementwiseLoop.Run(
            device.Workers, Rows[dtype], 3, new(y, type), new(call.Inputs[0], ElementType.Of(DType.Bool)), new(call.Inputs[1], type), new(call.Inputs[2], type));
    }

    private readonly struct Visitor : ISizeVisitor<Row>
    {
        Row ISizeVisitor<Row>.Bits<T>() => new(&Choose<T>, streamed: Vector128.IsHardwareAccelerated ? &Stream<T> : null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Choose<T>(byte* y, byte* condition, byte* a, byte* b, nint count, int scalars) where T : unmanaged
    {
        T* to = (T*)y, left = (T*)a, right = (T*)b;
        if ((scalars & 1) != 0)
        {
            bool first = *condition != 0; // the pointers do not tell: one may be a view of the other
            CopyRow<T>.Run(y, first ? a : b, null, null, count, scalars & (first ? 2 : 4));
        }
        else if (WideVectors.Have512) Loop<T, Vector512<T>, Simd512<T>>(to, condition, left, right, count, scalars);
        else if (Vector256.IsHardwareAccelerated) Loop<T, Vector256<T>, Simd256<T>>(to, condition, left, right, count, scalars);
        else if (Vector128.IsHardwareAccelerated) Loop<T, Vector128<T>, Simd128<T>>(to, condition, left, right, count, scalars);
        else Scalar(to, condition, left, right, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T, V, L>(T* y, byte* condition, T* a, T* b, nint count, int scalars)
        where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        V oneA = L.Create(*a), oneB = L.Create(*b);
        if ((scalars & 6) == 0)
        {
            for (; i + L.Count <= count; i += L.Count)
                L.Store(y + i, L.Select(L.LoadMask(condition + i), L.Load(a + i), L.Load(b + i)));
        }
        else
        {
            for (; i + L.Count <= count; i += L.Count)
                L.Store(y + i, L.Select(L.LoadMask(condition + i), (scalars & 2) != 0 ? oneA : L.Load(a + i), (scalars & 4) != 0 ? oneB : L.Load(b + i)));
        }

        Scalar(y + i, condition + i, (scalars & 2) != 0 ? a : a + i, (scalars & 4) != 0 ? b : b + i, count - i, scalars);
    }

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<T>(byte* y, byte* condition, byte* a, byte* b, nint count, int scalars) where T : unmanaged
    {
        T* to = (T*)y, left = (T*)a, right = (T*)b;
        if ((scalars & 1) != 0) Choose<T>(y, condition, a, b, count, scalars);
        else if (WideVectors.Have512) Stream<T, Vector512<T>, Simd512<T>>(to, condition, left, right, count, scalars);
        else if (Vector256.IsHardwareAccelerated) Stream<T, Vector256<T>, Simd256<T>>(to, condition, left, right, count, scalars);
        else Stream<T, Vector128<T>, Simd128<T>>(to, condition, left, right, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<T, V, L>(T* y, byte* condition, T* a, T* b, nint count, int scalars)
        where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        V oneA = L.Create(*a), oneB = L.Create(*b);
        for (nint i = 0; i < count; i += L.Count)
            L.Stream(y + i, L.Select(L.LoadMask(condition + i), (scalars & 2) != 0 ? oneA : L.Load(a + i), (scalars & 4) != 0 ? oneB : L.Load(b + i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scalar<T>(T* y, byte* condition, T* a, T* b, nint count, int scalars) where T : unmanaged
    {
        nint aStep = (scalars & 2) != 0 ? 0 : 1, bStep = (scalars & 4) != 0 ? 0 : 1;
        for (nint i = 0; i < count; i++, a += aStep, b += bStep)
        {
            T x = *a, z = *b; // both are read, so that the choice is a conditional move and not a branch
            y[i] = condition[i] != 0 ? x : z;
        }
    }
}
