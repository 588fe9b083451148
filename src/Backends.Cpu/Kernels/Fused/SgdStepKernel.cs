namespace Nabla;

/// <summary><see cref="SgdStepOp"/> in float32: one pass for parameter and buffer.</summary>
internal sealed unsafe class SgdStepKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => inputs[0].DType == DType.Float32;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (SgdStepOp)call.Op;
        using DenseInput p = new(device, call.Inputs[0]), g = new(device, call.Inputs[1]);
        using var buffer = op.Momentum ? new DenseInput(device, call.Inputs[2]) : default;
        var newP = new DenseOutput(device, call, outputs, 0, mayAlias: true);
        var newBuffer = op.Momentum ? new DenseOutput(device, call, outputs, 1, mayAlias: true) : default;
        var work = new Work
        {
            P = (float*)p.Pointer,
            G = (float*)g.Pointer,
            Buffer = (float*)buffer.Pointer,
            NewP = (float*)newP.Pointer,
            NewBuffer = op.Momentum ? (float*)newBuffer.Pointer : null,
            Sign = op.Maximize ? -1 : 1,
            Rate = (float)call.Scalars[0].ToDouble(),
            Momentum = (float)call.Scalars[1].ToDouble(),
            Undamped = (float)(1 - call.Scalars[2].ToDouble()),
            Decay = (float)call.Scalars[3].ToDouble(),
            First = op.First,
            Nesterov = op.Nesterov,
        };
        Chunks.Run(device.Workers, call.Inputs[0].Shape.ElementCount, 2, ref work);
        newP.Finish();
        if (op.Momentum)
            newBuffer.Finish();
    }

    private struct Work : IChunkWork
    {
        /// <summary>The parameter is read after the buffer was written, block by block: still in the cache.</summary>
        private const int Block = 2048;

        public float* P, G, Buffer, NewP, NewBuffer;
        public float Sign, Rate, Momentum, Undamped, Decay;
        public bool First, Nesterov;

        public readonly void Run(long start, long count)
        {
            for (long done = 0; done < count; done += Block)
                RunBlock(start + done, (nint)Math.Min(Block, count - done));
        }

        private readonly void RunBlock(long i, nint n)
        {
            float* p = P + i, g = G + i;
            if (NewBuffer is null)
            {
                RowPass.Map(NewP + i, p, g, g, n, new Plain { Sign = Sign, Rate = Rate, Decay = Decay });
                return;
            }

            float* direction = stackalloc float[Block];
            RowPass.Map(direction, p, g, g, n, new Direction { Sign = Sign, Decay = Decay });
            float* buffer = NewBuffer + i;
            if (First)
                new ReadOnlySpan<float>(direction, (int)n).CopyTo(new Span<float>(buffer, (int)n));
            else
                RowPass.Map(buffer, Buffer + i, direction, direction, n, new Mix { A = Momentum, B = Undamped });
            if (Nesterov)
                RowPass.Map(direction, direction, buffer, buffer, n, new Mix { A = 1, B = Momentum });
            RowPass.Map(NewP + i, p, Nesterov ? direction : buffer, p, n, new Descend { Rate = Rate });
        }
    }

    private struct Direction : IRowMap
    {
        public float Sign, Decay;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(L.Multiply(b, L.Create(Sign)), L.Multiply(a, L.Create(Decay)));
    }

    private struct Plain : IRowMap
    {
        public float Sign, Rate, Decay;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(a, L.Multiply(L.Add(L.Multiply(b, L.Create(Sign)), L.Multiply(a, L.Create(Decay))), L.Create(Rate)));
    }

    private struct Mix : IRowMap
    {
        public float A, B;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(L.Multiply(a, L.Create(A)), L.Multiply(b, L.Create(B)));
    }

    private struct Descend : IRowMap
    {
        public float Rate;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Subtract(a, L.Multiply(b, L.Create(Rate)));
    }
}
