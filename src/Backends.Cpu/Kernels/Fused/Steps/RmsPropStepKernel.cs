namespace Nabla;

/// <summary><see cref="RmsPropStepOp"/>: parameter and averages in blocks that stay in the cache.</summary>
internal sealed unsafe class RmsPropStepKernel : StepKernel<RmsPropStepKernel.Descent>
{
    protected override int Cost => 4;

    protected override Descent Formula(StepOp op, ReadOnlySpan<Scalar> scalars)
    {
        var rmsProp = (RmsPropStepOp)op;
        double alpha = scalars[1].ToDouble();
        return new Descent
        {
            Rate = (float)scalars[0].ToDouble(),
            Alpha = (float)alpha,
            Rest = (float)(1 - alpha),
            Epsilon = (float)scalars[2].ToDouble(),
            Decay = (float)scalars[3].ToDouble(),
            Momentum = (float)scalars[4].ToDouble(),
            HasMean = rmsProp.Centered,
            HasMomentum = rmsProp.Momentum,
        };
    }

    internal struct Descent : IStepFormula
    {
        public float Rate, Alpha, Rest, Epsilon, Decay, Momentum;
        public bool HasMean, HasMomentum;

        public readonly void Run(in StepPart part, nint start, nint count, float* scratch)
        {
            float* p = part.P + start, g = part.G + start, square = part.NewFirst + start, step = scratch;
            if (Decay != 0)
            {
                RowPass.Map(scratch, p, g, g, count, new Direction { Sign = 1, Decay = Decay });
                g = scratch;
            }

            RowPass.Map(square, part.First + start, g, g, count, new SecondMoment { Beta = Alpha, Rest = Rest });
            if (HasMean)
            {
                float* mean = part.NewSecond + start;
                RowPass.Map(mean, part.Second + start, g, g, count, new Mean { Rest = Rest });
                RowPass.Map(step, g, square, mean, count, new CenteredQuotient { Epsilon = Epsilon });
            }
            else
            {
                RowPass.Map(step, g, square, square, count, new Quotient { Epsilon = Epsilon });
            }

            if (HasMomentum)
            {
                float* before = (HasMean ? part.Third : part.Second) + start, buffer = (HasMean ? part.NewThird : part.NewSecond) + start;
                RowPass.Map(buffer, before, step, step, count, new Mix { A = Momentum, B = 1 });
                step = buffer;
            }

            RowPass.Map(part.NewP + start, p, step, step, count, new Descend { Rate = Rate });
        }
    }

    private struct Mean : IRowMap<float>
    {
        public float Rest;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Add(a, L.Multiply(L.Subtract(b, a), L.Create(Rest)));
    }

    private struct Quotient : IRowMap<float>
    {
        public float Epsilon;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Divide(a, L.Add(L.Sqrt(b), L.Create(Epsilon)));
    }

    private struct CenteredQuotient : IRowMap<float>
    {
        public float Epsilon;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Divide(a, L.Add(L.Sqrt(L.Subtract(b, L.Multiply(c, c))), L.Create(Epsilon)));
    }
}
