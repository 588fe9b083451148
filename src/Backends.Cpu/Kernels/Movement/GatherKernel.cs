namespace Nabla;

/// <summary><see cref="GatherOp"/>.</summary>
internal sealed unsafe class GatherKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call);
        var (x, y) = (call.Inputs[0], output.Tensor);
        var walk = new IndexWalk(call.Op.Kind.Name, call.Inputs[1], ((GatherOp)call.Op).Axis, x.Shape, x.Layout.Strides, y.Layout.Strides);
        x.DType.VisitBits<Picker, int>(new(walk, Operand.Host(x), output.Pointer));
        outputs[0] = output.Finish();
    }

    private readonly struct Picker(IndexWalk walk, byte* x, byte* y) : ISizeVisitor<int>
    {
        int ISizeVisitor<int>.Bits<T>()
        {
            var visitor = new Visitor<T> { X = (T*)x, Y = (T*)y };
            walk.Run(ref visitor);
            return 0;
        }
    }

    private struct Visitor<T> : IIndexVisitor where T : unmanaged
    {
        public T* X;
        public T* Y;

        public readonly void Visit(long addressed, long other) => Y[other] = X[addressed];

        public readonly void VisitRun(long addressed, long other, long count) =>
            new ReadOnlySpan<T>(X + addressed, (int)count).CopyTo(new Span<T>(Y + other, (int)count));
    }
}
