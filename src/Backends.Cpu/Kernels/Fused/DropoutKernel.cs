using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// <see cref="DropoutOp"/> in one pass: the random words of a piece stay in the first-level cache, where they become its mask, and the
/// mask chooses. The same bits as the decomposition gives.
/// </summary>
internal sealed unsafe class DropoutKernel : FusedKernel
{
    /// <summary>Elements of a piece; four share a counter.</summary>
    private const int Piece = 1024;

    private const long Cost = 8;

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => true;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var x = call.Inputs[0];
        double p = call.Scalars[0].ToDouble();
        using var input = new DenseInput(device, x, widen: false);
        var y = new DenseOutput(device, call, outputs, mayAlias: true);
        var mask = new DenseOutput(device, call, outputs, 1);
        long count = x.Shape.ElementCount;
        if (p < 1)
        {
            var type = ElementType.Of(x.DType);
            var work = new Work
            {
                Y = y.Pointer,
                Mask = mask.Pointer,
                X = input.Pointer,
                Count = count,
                Size = type.Size,
                Threshold = (int)DropoutOp.Threshold(p),
                Key = (ulong)call.Scalars[1].ToInt64(),
                Counter = (ulong)call.Scalars[2].ToInt64(),
                Type = type,
                Multiply = Products[x.DType],
                Choose = WhereKernel.Rows[x.DType.Accumulator()],
            };
            Scalars.Write(1 / (1 - p), BinaryOp.Mul.ScalarType(x.DType), (byte*)&work.Scale);
            Chunks.Run(device.Workers, (count + Piece - 1) / Piece, Piece * Cost, ref work);
        }
        else
        {
            Copies.Fill(device.Workers, y.Tensor, 0);
            Copies.Fill(device.Workers, mask.Tensor, false);
        }

        y.Finish();
        mask.Finish();
    }

    private static readonly RowTable Products = new(Rows.Number2<NumberOperators.Mul>());

    /// <summary>A unit is a piece.</summary>
    private struct Work : IChunkWork
    {
        public byte* Y;
        public byte* Mask;
        public byte* X;
        public long Count;
        public int Size;
        public int Threshold;
        public ulong Key;
        public ulong Counter;
        public ulong Scale;
        public ElementType Type;
        public Row Multiply;
        public Row Choose;

        [SkipLocalsInit]
        public void Run(long start, long count)
        {
            uint* words = stackalloc uint[Piece];
            byte* values = stackalloc byte[Piece * sizeof(double)];
            int threshold = Threshold;
            ulong zero = 0, scale = Scale;
            for (long first = start * Piece; first < Math.Min((start + count) * Piece, Count); first += Piece)
            {
                nint n = (nint)Math.Min(Piece, Count - first);
                byte* x = X + (first * Size), y = Y + (first * Size), mask = Mask + first;
                PhiloxRow.Run(words, (n + 3) / 4, Key, Counter + (ulong)(first / 4));
                RelationRow<RelationMap<ComparisonOperators.Ge, int>, int>.Run(mask, (byte*)words, (byte*)&threshold, null, n, 2);
                byte* result = Type.Converts ? values : y;
                if (Type.Converts)
                    Type.Load(x, Size, values, n);
                Multiply.Function(result, Type.Converts ? values : x, (byte*)&scale, null, n, 2);
                Choose.Function(result, mask, result, (byte*)&zero, n, 4);
                if (Type.Converts)
                    Type.Store(values, y, Size, n);
            }
        }
    }
}
