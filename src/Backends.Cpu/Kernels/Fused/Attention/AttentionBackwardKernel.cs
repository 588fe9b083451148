namespace Nabla;

/// <summary>
/// <see cref="AttentionBackwardOp"/> in float32, of half types, too: weights are computed again, block by block, from the logarithms of their
/// denominators. Threads share out heads.
/// </summary>
internal sealed unsafe class AttentionBackwardKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[0].DType) && inputs[1].Shape.ElementCount > 0 && inputs[3].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (AttentionBackwardOp)call.Op;
        using WideInput g = new(device, call.Inputs[0]), q = new(device, call.Inputs[1]), k = new(device, call.Inputs[2]), v = new(device, call.Inputs[3]);
        using var mask = op.Masked ? new WideInput(device, call.Inputs[6]) : default;
        HeadMatrices query = new(q.Tensor!), key = new(k.Tensor!);
        using DenseInput total = new(device, call.Inputs[4]), delta = new(device, call.Inputs[5]);
        var dq = new DenseOutput(device, call, outputs, 0, widen: true);
        var dk = new DenseOutput(device, call, outputs, 1, widen: true);
        var dv = new DenseOutput(device, call, outputs, 2, widen: true);
        Shape scores = [.. call.Inputs[1].Shape.AsSpan()[..^1], key.Rows];
        int blockRows = Math.Min(AttentionBlocks.Rows(op.Causal), query.Rows);
        var body = new Body
        {
            Gradient = new HeadMatrices(g.Tensor!),
            Query = query,
            Key = key,
            Value = new HeadMatrices(v.Tensor!),
            Mask = new AttentionMask(mask.Tensor, scores),
            Total = (float*)total.Pointer,
            Delta = (float*)delta.Pointer,
            Dq = (float*)dq.Pointer,
            Dk = (float*)dk.Pointer,
            Dv = (float*)dv.Pointer,
            Scale = (float)call.Scalars[0].ToDouble(),
            Causal = op.Causal,
            BlockRows = blockRows,
            Heads = query.Count,
            Parts = (int)Math.Min(query.Count, 4L * device.Workers.Threads),
            ScratchLength = (blockRows * (query.Columns + (2 * AttentionBlocks.Keys))) + AttentionBlocks.Keys,
        };
        using var scratch = new Scratch(device, body.Parts * body.ScratchLength * sizeof(float));
        body.Scratch = (float*)scratch.Pointer;
        device.Workers.For(body.Parts, ref body);
        dq.Finish();
        dk.Finish();
        dv.Finish();
    }

    private struct Body : IParallelBody
    {
        public HeadMatrices Gradient, Query, Key, Value;
        public AttentionMask Mask;
        public float* Total, Delta, Dq, Dk, Dv, Scratch;
        public float Scale;
        public bool Causal;
        public int BlockRows, Parts;
        public long Heads, ScratchLength;

        public readonly void Run(int part)
        {
            long end = Heads * (part + 1) / Parts;
            for (long head = Heads * part / Parts; head < end; head++)
                RunHead(head, Scratch + (part * ScratchLength));
        }

        private readonly void RunHead(long head, float* scratch)
        {
            int depth = Query.Columns, width = Value.Columns;
            float* dq = Dq + (head * Query.Rows * depth), dk = Dk + (head * Key.Rows * depth), dv = Dv + (head * Key.Rows * width);
            new Span<float>(dq, Query.Rows * depth).Clear();
            new Span<float>(dk, Key.Rows * depth).Clear();
            new Span<float>(dv, Key.Rows * width).Clear();
            for (int first = 0; first < Query.Rows; first += BlockRows)
            {
                int rows = Math.Min(BlockRows, Query.Rows - first), keys = Causal ? Math.Min(Key.Rows, first + rows) : Key.Rows;
                AttentionBlocks.Scale(Query, Query[head] + (first * Query.RowStride), rows, Scale, scratch);
                for (int column = 0; column < keys; column += AttentionBlocks.Keys)
                    RunBlock(
                        head, first, rows, column, Math.Min(AttentionBlocks.Keys, keys - column), scratch, dq + ((long)first * depth), dk + ((long)column * depth),
                        dv + ((long)column * width));
            }

            // The keys met queries that were scaled; the queries met keys that were not.
            RowPass.Map(dq, dq, dq, dq, (nint)Query.Rows * depth, new RowMaps.Scaled { Factor = Scale });
        }

        private readonly void RunBlock(long head, int first, int rows, int column, int columns, float* scratch, float* dq, float* dk, float* dv)
        {
            int depth = Query.Columns, width = Value.Columns;
            float* queries = scratch, weights = queries + ((long)BlockRows * depth), ofWeights = weights + (BlockRows * AttentionBlocks.Keys);
            float* buffer = ofWeights + (BlockRows * AttentionBlocks.Keys);
            float* g = Gradient[head] + (first * Gradient.RowStride), key = Key[head] + (column * Key.RowStride), value = Value[head] + (column * Value.RowStride);
            AttentionBlocks.Products(rows, columns, depth, queries, depth, 1, key, Key.RowStride, Key.ColumnStride, weights);
            AttentionBlocks.Products(
                rows, columns, width, g, Gradient.RowStride, Gradient.ColumnStride, value, Value.RowStride, Value.ColumnStride, ofWeights);
            for (int row = 0; row < rows; row++)
            {
                float* w = weights + (row * AttentionBlocks.Keys), d = ofWeights + (row * AttentionBlocks.Keys);
                int visible = AttentionBlocks.Visible(Causal, first + row, column, columns);
                long at = (head * Query.Rows) + first + row;
                if (Mask.Exists)
                    AttentionBlocks.ApplyMask(Mask, head, first + row, column, visible, w, buffer);
                RowPass.Map(w, w, w, w, visible, new RowMaps.ExpShifted { Shift = float.IsNegativeInfinity(Total[at]) ? 0 : Total[at] });
                RowPass.Map(d, w, d, d, visible, new OfScores { Delta = Delta[at] });
                new Span<float>(w + visible, columns - visible).Clear();
                new Span<float>(d + visible, columns - visible).Clear();
            }

            const int keys = AttentionBlocks.Keys;
            AttentionBlocks.Multiply(columns, width, rows, weights, 1, keys, g, Gradient.RowStride, Gradient.ColumnStride, dv, width, accumulate: true);
            AttentionBlocks.Multiply(rows, depth, columns, ofWeights, keys, 1, key, Key.RowStride, Key.ColumnStride, dq, depth, accumulate: true);
            AttentionBlocks.Multiply(columns, depth, rows, ofWeights, 1, keys, queries, depth, 1, dk, depth, accumulate: true);
        }
    }

    /// <summary>weight (gradient - delta)</summary>
    private struct OfScores : IRowMap<float>
    {
        public float Delta;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(a, L.Subtract(b, L.Create(Delta)));
    }
}
