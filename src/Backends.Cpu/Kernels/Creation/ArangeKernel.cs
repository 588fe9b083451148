namespace Nabla;

/// <summary><see cref="ArangeOp"/>: each element from its index, so that no error accumulates.</summary>
internal sealed unsafe class ArangeKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        var op = (ArangeOp)call.Op;
        op.DType.Visit<Writer, int>(new(op.DType, op.Length, call.Scalars[0], call.Scalars[1], output.Pointer));
        output.Finish();
    }

    private readonly struct Writer(DType dtype, long length, Scalar start, Scalar step, byte* y) : IDTypeVisitor<int>
    {
        public int Bool() => 0;

        int IDTypeVisitor<int>.Integer<T>()
        {
            long first = start.ToInt64(), by = step.ToInt64();
            for (long i = 0; i < length; i++)
                ((T*)y)[i] = T.CreateTruncating(unchecked(first + (i * by)));
            return 0;
        }

        int IDTypeVisitor<int>.Float<T>()
        {
            double first = start.ToDouble(), by = step.ToDouble();
            var type = ElementType.Of(dtype);
            for (long i = 0; i < length; i++)
            {
                var value = T.CreateTruncating(first + (i * by));
                type.Store((byte*)&value, y + (i * type.Size), 0, 1);
            }

            return 0;
        }
    }
}
