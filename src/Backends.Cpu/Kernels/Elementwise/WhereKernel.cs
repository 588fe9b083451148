using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary><see cref="WhereOp"/>: chooses bits, whatever they mean.</summary>
internal sealed unsafe class WhereKernel : CpuKernel
{
    private static readonly RowTable Rows = new(static d => d.VisitBits<Visitor, Row>(default));

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var dtype = call.OutputSpecs[0].DType;
        var type = ElementType.Bits(dtype);
        var y = call.Target(0) ?? device.Allocate(call.OutputSpecs[0]);
        ElementwiseLoop.Run(
            device.Workers, Rows[dtype], 3, new(y, type), new(call.Inputs[0], ElementType.Of(DType.Bool)), new(call.Inputs[1], type), new(call.Inputs[2], type));
        outputs[0] = y;
    }

    private readonly struct Visitor : ISizeVisitor<Row>
    {
        Row ISizeVisitor<Row>.Bits<T>() => new(&Choose<T>);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Choose<T>(byte* y, byte* condition, byte* a, byte* b, nint count, int scalars) where T : unmanaged
    {
        T* to = (T*)y, left = (T*)a, right = (T*)b;
        if (sizeof(T) == 4 && (scalars & 1) == 0 && Vector256.IsHardwareAccelerated)
        {
            nint done = Choose((uint*)y, condition, (uint*)a, (uint*)b, count, scalars);
            condition += done;
            to += done;
            left += (scalars & 2) != 0 ? 0 : done;
            right += (scalars & 4) != 0 ? 0 : done;
            count -= done;
        }

        nint conditionStep = (scalars & 1) != 0 ? 0 : 1, leftStep = (scalars & 2) != 0 ? 0 : 1, rightStep = (scalars & 4) != 0 ? 0 : 1;
        for (nint i = 0; i < count; i++, condition += conditionStep, left += leftStep, right += rightStep)
        {
            T x = *left, z = *right; // both are read, so that the choice is a conditional move and not a branch
            to[i] = *condition != 0 ? x : z;
        }
    }

    /// <summary>Eight elements of four bytes at a time; returns how many are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Choose(uint* y, byte* condition, uint* a, uint* b, nint count, int scalars)
    {
        if (count < 8)
            return 0;
        Vector256<uint> oneA = Vector256.Create(*a), oneB = Vector256.Create(*b);
        nint i = 0;
        for (; i + 8 <= count; i += 8)
        {
            var shorts = Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)(condition + i)).AsByte());
            var (low, high) = Vector128.Widen(shorts);
            var mask = ~Vector256.Equals(Vector256.Create(low, high), Vector256<uint>.Zero);
            Vector256.ConditionalSelect(mask, (scalars & 2) != 0 ? oneA : Vector256.Load(a + i), (scalars & 4) != 0 ? oneB : Vector256.Load(b + i)).Store(y + i);
        }

        return i;
    }
}
