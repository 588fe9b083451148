namespace Nabla;

/// <summary><see cref="CrossEntropyBackwardOp"/> in float32, of half types, too: one pass over memory.</summary>
internal sealed unsafe class CrossEntropyBackwardKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[1].DType) && inputs[1].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var shape = call.Inputs[1].Shape;
        using DenseInput g = new(device, call.Inputs[0]), x = new(device, call.Inputs[1], widen: false), target = new(device, call.Inputs[2]), total = new(device, call.Inputs[3]);
        TargetClasses.Check(call.Op.Kind.Name, (long*)target.Pointer, shape);
        var dx = new DenseOutput(device, call, outputs, mayAlias: true);
        var work = new Work
        {
            G = (float*)g.Pointer,
            Target = (long*)target.Pointer,
            Total = (float*)total.Pointer,
            N = (nint)shape[1],
        };
        var dtype = call.Inputs[1].DType;
        new RowTensors<float> { A = new(x.Pointer, dtype), Y = new(dx.Pointer, dtype), Length = work.N, Rows = shape[0] }.Run(device, work.N * 4, ref work);
        dx.Finish();
    }

    private struct Work : IRowWork<float>
    {
        public float* G;
        public long* Target;
        public float* Total;
        public nint N;

        public readonly void Run(in RowTile<float> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = tile.A + (row * N), dx = tile.Y + (row * N);
                float g = G[row];
                RowPass.Map(dx, x, x, x, N, new ScaledExp { Shift = Total[row], Factor = g }, tile.Ahead);
                dx[Target[row]] -= g;
            }
        }
    }

    /// <summary>factor e^(a - shift)</summary>
    private struct ScaledExp : IRowMap<float>
    {
        public float Shift;
        public float Factor;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(SimdMath<V, L>.Exp(L.Subtract(a, L.Create(Shift))), L.Create(Factor));
    }
}
