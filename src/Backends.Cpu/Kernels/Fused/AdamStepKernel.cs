namespace Nabla;

/// <summary><see cref="AdamStepOp"/> in float32, without AMSGrad: parameter and moments in blocks that stay in the cache.</summary>
internal sealed unsafe class AdamStepKernel : FusedKernel
{
    private static readonly CastOp CastOp32 = new(DType.Float32);

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        !((AdamStepOp)op).AmsGrad && inputs[0].DType == DType.Float32 && inputs[4].Shape.Rank == 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (AdamStepOp)call.Op;
        double lr = call.Scalars[0].ToDouble(), beta1 = call.Scalars[1].ToDouble(), beta2 = call.Scalars[2].ToDouble(), decay = call.Scalars[4].ToDouble();
        outputs[3] = Step(device, BinaryOp.Add.With(ScalarSide.Right), call.Inputs[4..5], [1], call.Target(3));
        var steps = Step(device, CastOp32, outputs[3..4], default);
        float t = *(float*)Operand.Host(steps);
        steps.Storage.Release();

        using DenseInput p = new(device, call.Inputs[0]), g = new(device, call.Inputs[1]), m = new(device, call.Inputs[2]), v = new(device, call.Inputs[3]);
        var newP = new DenseOutput(device, call, outputs, 0, mayAlias: true);
        var newM = new DenseOutput(device, call, outputs, 1, mayAlias: true);
        var newV = new DenseOutput(device, call, outputs, 2, mayAlias: true);
        var work = new Work
        {
            P = (float*)p.Pointer,
            G = (float*)g.Pointer,
            M = (float*)m.Pointer,
            V = (float*)v.Pointer,
            NewP = (float*)newP.Pointer,
            NewM = (float*)newM.Pointer,
            NewV = (float*)newV.Pointer,
            Sign = op.Maximize ? -1 : 1,
            Coupled = op.Decoupled ? 0 : (float)decay,
            Shrink = op.Decoupled ? (float)(1 - (lr * decay)) : 1,
            Beta1 = (float)beta1,
            Rest1 = (float)(1 - beta1),
            Beta2 = (float)beta2,
            Rest2 = (float)(1 - beta2),
            // The corrections in float32, as the decomposition has them; the second inverted, since a division costs as much as the rest.
            Rate = (float)lr / (1 - MathF.Pow((float)beta1, t)),
            Correction2 = 1 / MathF.Sqrt(1 - MathF.Pow((float)beta2, t)),
            Epsilon = (float)call.Scalars[3].ToDouble(),
        };
        Chunks.Run(device.Workers, call.Inputs[0].Shape.ElementCount, 4, ref work);
        newP.Finish();
        newM.Finish();
        newV.Finish();
    }

    private struct Work : IChunkWork
    {
        private const int Block = 2048;

        public float* P, G, M, V, NewP, NewM, NewV;
        public float Sign, Coupled, Shrink, Beta1, Rest1, Beta2, Rest2, Rate, Correction2, Epsilon;

        public readonly void Run(long start, long count)
        {
            float* direction = stackalloc float[Block];
            for (long done = 0; done < count; done += Block)
            {
                long i = start + done;
                nint n = (nint)Math.Min(Block, count - done);
                float* g = G + i;
                if (Sign < 0 || Coupled != 0)
                {
                    RowPass.Map(direction, P + i, g, g, n, new Direction { Sign = Sign, Decay = Coupled });
                    g = direction;
                }

                RowPass.Map(NewM + i, M + i, g, g, n, new FirstMoment { Beta = Beta1, Rest = Rest1 });
                RowPass.Map(NewV + i, V + i, g, g, n, new SecondMoment { Beta = Beta2, Rest = Rest2 });
                RowPass.Map(
                    NewP + i, P + i, NewM + i, NewV + i, n, new Descend { Shrink = Shrink, Rate = Rate, Correction2 = Correction2, Epsilon = Epsilon });
            }
        }
    }

    private struct Direction : IRowMap
    {
        public float Sign, Decay;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(L.Multiply(b, L.Create(Sign)), L.Multiply(a, L.Create(Decay)));
    }

    private struct FirstMoment : IRowMap
    {
        public float Beta, Rest;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(L.Multiply(a, L.Create(Beta)), L.Multiply(b, L.Create(Rest)));
    }

    private struct SecondMoment : IRowMap
    {
        public float Beta, Rest;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(L.Multiply(a, L.Create(Beta)), L.Multiply(L.Multiply(b, b), L.Create(Rest)));
    }

    private struct Descend : IRowMap
    {
        public float Shrink, Rate, Correction2, Epsilon;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float>
        {
            var denominator = L.MultiplyAdd(L.Sqrt(c), L.Create(Correction2), L.Create(Epsilon));
            return L.Subtract(L.Multiply(a, L.Create(Shrink)), L.Divide(L.Multiply(b, L.Create(Rate)), denominator));
        }
    }
}
