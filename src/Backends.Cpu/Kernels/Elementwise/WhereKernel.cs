using System.Runtime.CompilerServices;

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
        nint conditionStep = (scalars & 1) != 0 ? 0 : 1, leftStep = (scalars & 2) != 0 ? 0 : 1, rightStep = (scalars & 4) != 0 ? 0 : 1;
        for (nint i = 0; i < count; i++, condition += conditionStep, left += leftStep, right += rightStep)
        {
            T x = *left, z = *right; // both are read, so that the choice is a conditional move and not a branch
            to[i] = *condition != 0 ? x : z;
        }
    }
}
