namespace Nabla;

/// <summary><see cref="AdamStepOp"/>, without AMSGrad: parameter and moments in blocks that stay in the cache.</summary>
internal sealed unsafe class AdamStepKernel : StepKernel<AdamStepKernel.Descent>
{
    protected override int Cost => 4;

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => !((AdamStepOp)op).AmsGrad && base.Claims(op, inputs);

    protected override Descent Formula(StepOp op, ReadOnlySpan<Scalar> scalars)
    {
        var adam = (AdamStepOp)op;
        double lr = scalars[0].ToDouble(), beta1 = scalars[1].ToDouble(), beta2 = scalars[2].ToDouble(), decay = scalars[4].ToDouble();
        return new Descent
        {
            Sign = adam.Maximize ? -1 : 1,
            Coupled = adam.Decoupled ? 0 : (float)decay,
            Shrink = adam.Decoupled ? (float)(1 - (lr * decay)) : 1,
            Beta1 = (float)beta1,
            Rest1 = (float)(1 - beta1),
            Beta2 = (float)beta2,
            Rest2 = (float)(1 - beta2),
            Epsilon = (float)scalars[3].ToDouble(),
        };
    }

    /// <summary>
    /// Counts the step. The corrections in binary64: float32 has few digits of what a beta leaves of 1. The second is inverted, since a division costs
    /// as much as the rest.
    /// </summary>
    protected override void Prepare(ref StepPart part, StepOp op, in OpCall call, Span<DeviceTensor> outputs, int k)
    {
        double t = CountStep(op, call, outputs, k);
        part.Rate = (float)(call.Scalars[0].ToDouble() / (1 - Math.Pow(call.Scalars[1].ToDouble(), t)));
        part.Correction = (float)(1 / Math.Sqrt(1 - Math.Pow(call.Scalars[2].ToDouble(), t)));
    }

    internal struct Descent : IStepFormula
    {
        public float Sign, Coupled, Shrink, Beta1, Rest1, Beta2, Rest2, Epsilon;

        public readonly void Run(in StepPart part, nint start, nint count, float* scratch)
        {
            float* p = part.P + start, g = part.G + start, m = part.NewFirst + start, v = part.NewSecond + start;
            if (Sign < 0 || Coupled != 0)
            {
                RowPass.Map(scratch, p, g, g, count, new Direction { Sign = Sign, Decay = Coupled });
                g = scratch;
            }

            RowPass.Map(m, part.First + start, g, g, count, new Mix { A = Beta1, B = Rest1 });
            RowPass.Map(v, part.Second + start, g, g, count, new SecondMoment { Beta = Beta2, Rest = Rest2 });
            var descend = new AdamDescend { Shrink = Shrink, Rate = part.Rate, Correction2 = part.Correction, Epsilon = Epsilon };
            RowPass.Map(part.NewP + start, p, m, v, count, descend);
        }
    }

    private struct AdamDescend : IRowMap<float>
    {
        public float Shrink, Rate, Correction2, Epsilon;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float>
        {
            var denominator = L.MultiplyAdd(L.Sqrt(c), L.Create(Correction2), L.Create(Epsilon));
            return L.Subtract(L.Multiply(a, L.Create(Shrink)), L.Divide(L.Multiply(b, L.Create(Rate)), denominator));
        }
    }
}
