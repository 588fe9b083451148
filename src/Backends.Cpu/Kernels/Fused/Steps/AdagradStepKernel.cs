namespace Nabla;

/// <summary><see cref="AdagradStepOp"/>: parameter and sum in blocks that stay in the cache.</summary>
internal sealed unsafe class AdagradStepKernel : StepKernel<AdagradStepKernel.Descent>
{
    protected override int Cost => 4;

    protected override Descent Formula(StepOp op, ReadOnlySpan<Scalar> scalars) =>
        new() { Decay = (float)scalars[2].ToDouble(), Epsilon = (float)scalars[3].ToDouble() };

    protected override void Prepare(ref StepPart part, StepOp op, in OpCall call, Span<DeviceTensor> outputs, int k)
    {
        double before = CountStep(op, call, outputs, k) - 1;
        part.Rate = (float)(call.Scalars[0].ToDouble() / ((before * call.Scalars[1].ToDouble()) + 1));
    }

    internal struct Descent : IStepFormula
    {
        public float Decay, Epsilon;

        public readonly void Run(in StepPart part, nint start, nint count, float* scratch)
        {
            float* p = part.P + start, g = part.G + start, sum = part.NewFirst + start;
            if (Decay != 0)
            {
                RowPass.Map(scratch, p, g, g, count, new Direction { Sign = 1, Decay = Decay });
                g = scratch;
            }

            RowPass.Map(sum, part.First + start, g, g, count, new SquareSum());
            RowPass.Map(part.NewP + start, p, g, sum, count, new Descend { Rate = part.Rate, Epsilon = Epsilon });
        }
    }

    private struct SquareSum : IRowMap<float>
    {
        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Add(a, L.Multiply(b, b));
    }

    private struct Descend : IRowMap<float>
    {
        public float Rate, Epsilon;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(a, L.Multiply(L.Divide(b, L.Add(L.Sqrt(c), L.Create(Epsilon))), L.Create(Rate)));
    }
}
