using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="RandnOp"/> in one pass: a piece goes through the rows of its decomposition, and gives the same bits.</summary>
internal sealed unsafe class RandnKernel : FusedKernel
{
    private static readonly RowTable
        Differences = new(Rows.Number2<NumberOperators.Sub>()), Products = new(Rows.Number2<NumberOperators.Mul>()),
        Logarithms = new(Rows.BothFloats<FloatOperators.Log>()), Roots = new(Rows.VectorFloat<FloatOperators.Sqrt>()), Cosines = new(Rows.BothFloats<FloatOperators.Cos>());

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => true;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (RandnOp)call.Op;
        var (uniform, dtype) = (op.Uniform, op.DType.Accumulator());
        Scalar key = call.Scalars[0], counter = call.Scalars[1];
        var output = new DenseOutput(device, call, outputs);
        var work = new Work
        {
            Y = output.Pointer,
            Type = ElementType.Of(op.DType),
            U = new(uniform, key, counter),
            V = new(uniform, key, counter.ToInt64() + uniform.Blocks),
            Difference = Differences[dtype],
            Product = Products[dtype],
            Logarithm = Logarithms[dtype],
            Root = Roots[dtype],
            Cosine = Cosines[dtype],
        };
        Scalars.Write(1, dtype, (byte*)&work.One);
        Scalars.Write(-2, dtype, (byte*)&work.MinusTwo);
        Scalars.Write(2 * Math.PI, dtype, (byte*)&work.TwoPi);
        RandomPieces.Run(device.Workers, work.U.Count, (2 * work.U.Cost) + 16, ref work);
        output.Finish();
    }

    /// <summary>A unit is a piece.</summary>
    private struct Work : IChunkWork
    {
        public byte* Y;
        public ElementType Type;
        public UniformNumbers U;
        public UniformNumbers V;
        public ulong One;
        public ulong MinusTwo;
        public ulong TwoPi;
        public Row Difference;
        public Row Product;
        public Row Logarithm;
        public Row Root;
        public Row Cosine;

        [SkipLocalsInit]
        public void Run(long start, long count)
        {
            const int Left = 1, Right = 2; // which input is one number
            byte* u = stackalloc byte[RandomPieces.Size * sizeof(double)], v = stackalloc byte[RandomPieces.Size * sizeof(double)];
            ulong one = One, minusTwo = MinusTwo, twoPi = TwoPi;
            for (long first = start * RandomPieces.Size; count > 0; count--, first += RandomPieces.Size)
            {
                nint n = U.Elements(first);
                byte* y = Y + (first * Type.Size);
                U.Write(u, first, n);
                Difference.Function(u, (byte*)&one, u, null, n, Left);
                Logarithm.Function(u, u, null, null, n, 0);
                Product.Function(u, u, (byte*)&minusTwo, null, n, Right);
                Root.Function(u, u, null, null, n, 0);
                V.Write(v, first, n);
                Product.Function(v, v, (byte*)&twoPi, null, n, Right);
                Cosine.Function(v, v, null, null, n, 0);
                Product.Function(Type.Converts ? u : y, u, v, null, n, 0);
                if (Type.Converts)
                    Type.Store(u, y, Type.Size, n);
            }
        }
    }
}
