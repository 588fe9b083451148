namespace Nabla;

/// <summary><see cref="EluOp"/> or its gradient. The numbers are an operand of one element for all, behind which the other two stand.</summary>
internal sealed unsafe class EluKernel<TOp> : CpuKernel where TOp : struct, IEluOperator<float>, IEluOperator<double>
{
    private readonly RowTable _rows = new(static d => d == DType.Float64 ? EluRow<TOp, double>.Create(cost: 24) : EluRow<TOp, float>.Create(cost: 8));

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var dtype = call.OutputSpecs[0].DType;
        double alpha = call.Scalars[0].ToDouble(), scale = call.Scalars[1].ToDouble(), inputScale = call.Scalars[2].ToDouble();
        double* numbers = stackalloc double[] { alpha * scale * (TOp.TakesGradient ? inputScale : 1), scale, inputScale };
        if (dtype != DType.Float64)
            for (int i = 0; i < 3; i++)
                ((float*)numbers)[i] = (float)numbers[i];
        var y = Output(device, call, outputs);
        Operand to = new(y, ElementType.Of(dtype)), first = new(call.Inputs[0], to.Type), beside = new((byte*)numbers, ElementType.Of(dtype.Accumulator()));
        if (TOp.TakesGradient)
            ElementwiseLoop.Run(device.Workers, _rows[dtype], 3, to, first, new(call.Inputs[1], to.Type), beside);
        else
            ElementwiseLoop.Run(device.Workers, _rows[dtype], to, first, beside);
    }
}
