namespace Nabla;

/// <summary>An <see cref="IParametricOperator"/> as a kernel. Its numbers are an operand of one element for all, behind which the others stand.</summary>
/// <param name="cost">Of an element of float32, in additions.</param>
/// <param name="cost64">Of one of float64.</param>
internal sealed unsafe class ParametricKernel<TOp>(int cost, int cost64) : CpuKernel where TOp : struct, IParametricOperator<float>, IParametricOperator<double>
{
    private readonly RowTable _rows = new(d => d == DType.Float64 ? ParametricRow<TOp, double>.Create(cost64) : ParametricRow<TOp, float>.Create(cost));

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var dtype = call.OutputSpecs[0].DType;
        double* numbers = stackalloc double[] { 0, 0, 0 };
        TOp.Numbers(call.Scalars, dtype, numbers);
        if (dtype != DType.Float64)
            for (int i = 0; i < 3; i++)
                ((float*)numbers)[i] = (float)numbers[i];
        var y = Output(device, call, outputs);
        Operand to = new(y, ElementType.Of(dtype)), first = new(call.Inputs[0], to.Type), beside = new((byte*)numbers, ElementType.Of(dtype.Accumulator()));
        if (TOp.IsPair)
            ElementwiseLoop.Run(device.Workers, _rows[dtype], 3, to, first, new(call.Inputs[1], to.Type), beside);
        else
            ElementwiseLoop.Run(device.Workers, _rows[dtype], to, first, beside);
    }
}
