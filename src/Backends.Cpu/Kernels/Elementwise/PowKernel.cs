namespace Nabla;

/// <summary><see cref="BinaryOp.Pow"/>. Squares are products: rounded once, and as fast as memory.</summary>
internal sealed class PowKernel : CpuKernel
{
    private readonly BinaryKernel _power = new(Rows.SplitWide2<FloatBinaryOperators.Pow>(cost: 40));
    private readonly BinaryKernel _product = new(Rows.Number2<NumberOperators.Mul>());

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        if (((BinaryOp)call.Op).Side != ScalarSide.Right || call.Scalars[0].ToDouble() != 2)
        {
            _power.Run(device, call, outputs);
            return;
        }

        var x = call.Inputs[0];
        var into = call.Target(0);
        _product.Run(device, new OpCall(BinaryOp.Mul, [x, x], default, call.OutputSpecs, new ReadOnlySpan<DeviceTensor?>(ref into)), outputs);
    }
}
