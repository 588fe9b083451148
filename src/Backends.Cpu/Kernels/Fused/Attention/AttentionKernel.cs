namespace Nabla;

/// <summary>
/// <see cref="AttentionOp"/> in float32, of half types, too: a block of queries goes over the keys block by block, and scales what it has when
/// a larger score turns up. Threads share out blocks of queries.
/// </summary>
internal sealed unsafe class AttentionKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[0].DType) && inputs[0].Shape.ElementCount > 0 && inputs[2].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (AttentionOp)call.Op;
        using WideInput q = new(device, call.Inputs[0]), k = new(device, call.Inputs[1]), v = new(device, call.Inputs[2]);
        using var mask = op.Masked ? new WideInput(device, call.Inputs[3]) : default;
        HeadMatrices query = new(q.Tensor!), key = new(k.Tensor!);
        var y = new DenseOutput(device, call, outputs, 0, widen: true);
        var total = new DenseOutput(device, call, outputs, 1);
        Shape scores = [.. call.Inputs[0].Shape.AsSpan()[..^1], key.Rows];
        int blockRows = Math.Min(AttentionBlocks.Rows(op.Causal), query.Rows), blocks = (query.Rows + blockRows - 1) / blockRows;
        long units = query.Count * blocks;
        var body = new Body
        {
            Query = query,
            Key = key,
            Value = new HeadMatrices(v.Tensor!),
            Mask = new AttentionMask(mask.Tensor, scores),
            Y = (float*)y.Pointer,
            Total = (float*)total.Pointer,
            Scale = (float)call.Scalars[0].ToDouble(),
            Causal = op.Causal,
            BlockRows = blockRows,
            Blocks = blocks,
            Units = units,
            Parts = (int)Math.Min(units, 4L * device.Workers.Threads),
            ScratchLength = (blockRows * (query.Columns + AttentionBlocks.Keys + 2)) + AttentionBlocks.Keys,
        };
        using var scratch = new Scratch(device, body.Parts * body.ScratchLength * sizeof(float));
        body.Scratch = (float*)scratch.Pointer;
        device.Workers.For(body.Parts, ref body);
        y.Finish();
        total.Finish();
    }

    private struct Body : IParallelBody
    {
        public HeadMatrices Query, Key, Value;
        public AttentionMask Mask;
        public float* Y, Total, Scratch;
        public float Scale;
        public bool Causal;
        public int BlockRows, Blocks, Parts;
        public long Units, ScratchLength;

        public readonly void Run(int part)
        {
            long end = Units * (part + 1) / Parts;
            for (long unit = Units * part / Parts; unit < end; unit++)
                RunBlock(unit / Blocks, (int)(unit % Blocks) * BlockRows, Scratch + (part * ScratchLength));
        }

        private readonly void RunBlock(long head, int first, float* scratch)
        {
            int rows = Math.Min(BlockRows, Query.Rows - first), keys = Causal ? Math.Min(Key.Rows, first + rows) : Key.Rows, width = Value.Columns;
            float* queries = scratch, scores = queries + ((long)BlockRows * Query.Columns), largest = scores + (BlockRows * AttentionBlocks.Keys);
            float* sums = largest + BlockRows, buffer = sums + BlockRows;
            float* y = Y + (((head * Query.Rows) + first) * width);
            AttentionBlocks.Scale(Query, Query[head] + (first * Query.RowStride), rows, Scale, queries);
            new Span<float>(largest, rows).Fill(float.NegativeInfinity);
            new Span<float>(sums, rows).Clear();
            for (int column = 0; column < keys; column += AttentionBlocks.Keys)
            {
                int columns = Math.Min(AttentionBlocks.Keys, keys - column);
                AttentionBlocks.Products(
                    rows, columns, Query.Columns, queries, Query.Columns, 1, Key[head] + (column * Key.RowStride), Key.RowStride, Key.ColumnStride, scores);
                for (int row = 0; row < rows; row++)
                {
                    float* s = scores + (row * AttentionBlocks.Keys), own = y + ((long)row * width);
                    int visible = AttentionBlocks.Visible(Causal, first + row, column, columns);
                    if (Mask.Exists)
                        AttentionBlocks.ApplyMask(Mask, head, first + row, column, visible, s, buffer);
                    float kept = Weigh(s, visible, ref largest[row], ref sums[row]);
                    new Span<float>(s + visible, columns - visible).Clear();
                    if (column > 0 && kept != 1)
                        RowPass.Map(own, own, own, own, width, new RowMaps.Scaled { Factor = kept });
                }

                AttentionBlocks.Multiply(
                    rows, width, columns, scores, AttentionBlocks.Keys, 1, Value[head] + (column * Value.RowStride), Value.RowStride, Value.ColumnStride, y, width,
                    accumulate: column > 0);
            }

            for (int row = 0; row < rows; row++)
            {
                float* own = y + ((long)row * width);
                RowPass.Map(own, own, own, own, width, new RowMaps.Scaled { Factor = sums[row] == 0 ? 0 : 1 / sums[row] });
                Total[(head * Query.Rows) + first + row] = MathF.Log(sums[row]) + ExpSum.Shift(largest[row]);
            }
        }

        /// <summary>Scores become weights, not yet divided by their sum. Returns the factor of what was summed before.</summary>
        private static float Weigh(float* scores, int count, ref float largest, ref float sum)
        {
            if (count == 0)
                return 1;
            float max = MathF.Max(largest, ChoiceReduction<NumberOperators.Maximum, float>.Block(scores, count));
            // Where nothing counts yet every weight is e^-infinity, whatever it is measured from; beside +infinity all is NaN.
            float shift = float.IsNegativeInfinity(max) ? 0 : max, kept = largest == max ? 1 : MathF.Exp(largest - shift);
            sum = (float)((sum * kept) + RowPass.MapSum(scores, scores, scores, scores, count, new RowMaps.ExpShifted { Shift = shift }, 0));
            largest = max;
            return kept;
        }
    }
}
