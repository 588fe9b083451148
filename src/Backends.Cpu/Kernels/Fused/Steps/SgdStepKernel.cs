namespace Nabla;

/// <summary><see cref="SgdStepOp"/>: one pass for parameter and buffer.</summary>
internal sealed unsafe class SgdStepKernel : StepKernel<SgdStepKernel.Descent>
{
    protected override int Cost => 2;

    protected override Descent Formula(StepOp op, ReadOnlySpan<Scalar> scalars)
    {
        var sgd = (SgdStepOp)op;
        return new Descent
        {
            Sign = sgd.Maximize ? -1 : 1,
            Rate = (float)scalars[0].ToDouble(),
            Momentum = (float)scalars[1].ToDouble(),
            Undamped = (float)(1 - scalars[2].ToDouble()),
            Decay = (float)scalars[3].ToDouble(),
            First = sgd.First,
            Nesterov = sgd.Nesterov,
        };
    }

    internal struct Descent : IStepFormula
    {
        public float Sign, Rate, Momentum, Undamped, Decay;
        public bool First, Nesterov;

        public readonly void Run(in StepPart part, nint start, nint count, float* scratch)
        {
            float* p = part.P + start, g = part.G + start, newP = part.NewP + start;
            if (part.NewFirst is null)
            {
                RowPass.Map(newP, p, g, g, count, new Plain { Sign = Sign, Rate = Rate, Decay = Decay });
                return;
            }

            float* direction = scratch, buffer = part.NewFirst + start;
            RowPass.Map(direction, p, g, g, count, new Direction { Sign = Sign, Decay = Decay });
            if (First)
                new ReadOnlySpan<float>(direction, (int)count).CopyTo(new Span<float>(buffer, (int)count));
            else
                RowPass.Map(buffer, part.First + start, direction, direction, count, new Mix { A = Momentum, B = Undamped });
            if (Nesterov)
                RowPass.Map(direction, direction, buffer, buffer, count, new Mix { A = 1, B = Momentum });
            RowPass.Map(newP, p, Nesterov ? direction : buffer, p, count, new Descend { Rate = Rate });
        }
    }

    private struct Plain : IRowMap<float>
    {
        public float Sign, Rate, Decay;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(a, L.Multiply(new Direction { Sign = Sign, Decay = Decay }.Apply<V, L>(a, b, c), L.Create(Rate)));
    }
}
