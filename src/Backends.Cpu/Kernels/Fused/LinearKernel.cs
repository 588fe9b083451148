namespace Nabla;

/// <summary><see cref="LinearOp"/> of float32 and float64: the bias is laid down first, and the product added to it.</summary>
internal sealed unsafe class LinearKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => inputs[0].DType is DType.Float32 or DType.Float64;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        bool hasBias = ((LinearOp)call.Op).HasBias;
        DeviceTensor x = call.Inputs[0], weight = call.Inputs[1];
        var output = new DenseOutput(device, call);
        if (hasBias)
        {
            var type = ElementType.Of(x.DType);
            Copies.Run(device.Workers, x.DType, new(output.Tensor, type), new(call.Inputs[2], type));
        }

        bool direct = x.Shape.Rank == 2;
        using DenseInput dense = direct ? default : new(device, x);
        long depth = x.Shape[^1];
        x.DType.Visit<Product, int>(new()
        {
            Pool = device.Workers,
            M = (int)(call.OutputSpecs[0].Shape.ElementCount / Math.Max(1, weight.Shape[0])),
            N = (int)weight.Shape[0],
            K = (int)depth,
            A = direct ? Operand.Host(x) : dense.Pointer,
            ARow = direct ? x.Layout.Strides[0] : depth,
            AColumn = direct ? x.Layout.Strides[1] : 1,
            B = Operand.Host(weight),
            BRow = weight.Layout.Strides[1],
            BColumn = weight.Layout.Strides[0],
            C = output.Pointer,
            Accumulate = hasBias,
        });
        outputs[0] = output.Finish();
    }

    private readonly struct Product : IDTypeVisitor<int>
    {
        public required WorkerPool Pool { get; init; }
        public required int M { get; init; }
        public required int N { get; init; }
        public required int K { get; init; }
        public required byte* A { get; init; }
        public required long ARow { get; init; }
        public required long AColumn { get; init; }
        public required byte* B { get; init; }
        public required long BRow { get; init; }
        public required long BColumn { get; init; }
        public required byte* C { get; init; }
        public required bool Accumulate { get; init; }

        public int Bool() => 0;

        int IDTypeVisitor<int>.Integer<T>() => 0;

        int IDTypeVisitor<int>.Float<T>()
        {
            Gemm.Multiply(Pool, M, N, K, (T*)A, ARow, AColumn, (T*)B, BRow, BColumn, (T*)C, N, Accumulate);
            return 0;
        }
    }
}
