namespace Nabla.Tests.Reference;

/// <summary>Every primitive, in the plainest way: positions come from layouts over row-major order, arithmetic is in binary64 or int64.</summary>
internal static class Kernels
{
    public static Values Run(Op op, Values[] inputs, ReadOnlySpan<Scalar> scalars, in TensorSpec spec) => op switch
    {
        UnaryOp unary => UnaryTable.Run(unary, inputs[0], spec),
        BinaryOp binary => BinaryTable.Run(binary, inputs, scalars, spec),
        WhereOp => Where(inputs, spec),
        CastOp => Cast(inputs[0], spec),
        CopyOp => inputs[0],
        FullOp => new Values(spec).Fill(scalars[0]),
        ArangeOp => Arange(scalars, spec),
        RandomBitsOp => RandomBits(scalars, spec),
        ReduceOp reduce => Reduce(reduce, inputs[0], spec),
        ArgReduceOp arg => ArgReduce(arg, inputs[0], spec),
        PadOp pad => Pad(pad, inputs[0], scalars[0], spec),
        ConcatOp concat => Concat(concat, inputs, spec),
        SliceScatterOp scatter => SliceScatter(scatter, inputs, spec),
        GatherOp gather => Gather(gather.Axis, inputs[0], inputs[1], spec),
        ScatterAddOp scatter => ScatterAdd(scatter.Axis, inputs[0], inputs[1], inputs[2], spec),
        AssertOp assert => inputs[0].Integers.All(i => i != 0) ? new Values(spec) : throw assert.Failure(),
        MatMulOp => MatMul(inputs[0], inputs[1], spec),
        _ => throw new UnsupportedOpException(op.Kind.Name, "the reference device has no kernel for it; add one to Kernels."),
    };

    private static Values Where(Values[] inputs, in TensorSpec spec)
    {
        var (condition, a, b) = (inputs[0].Expand(spec.Shape), inputs[1].Expand(spec.Shape), inputs[2].Expand(spec.Shape));
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
            y.Set(i, condition.Integers[i] != 0 ? a : b, i);
        return y;
    }

    private static Values Cast(Values x, in TensorSpec spec)
    {
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
        {
            if (y.IsReal)
                y.Reals[i] = x.IsReal ? x.Reals[i] : x.Integers[i];
            else if (y.DType == DType.Bool)
                y.Integers[i] = (x.IsReal ? x.Reals[i] != 0 : x.Integers[i] != 0) ? 1 : 0;
            else
                y.Integers[i] = x.IsReal ? (long)x.Reals[i] : x.Integers[i];
        }

        return y;
    }

    private static Values Arange(ReadOnlySpan<Scalar> scalars, in TensorSpec spec)
    {
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
        {
            if (y.IsReal) y.Reals[i] = scalars[0].ToDouble() + (i * scalars[1].ToDouble());
            else y.Integers[i] = unchecked(scalars[0].ToInt64() + (i * scalars[1].ToInt64()));
        }

        return y;
    }

    private static Values RandomBits(ReadOnlySpan<Scalar> scalars, in TensorSpec spec)
    {
        var y = new Values(spec);
        for (int i = 0; i < y.Count; i++)
        {
            var (x0, x1, x2, x3) = Philox.Block((ulong)scalars[0].ToInt64(), (ulong)(scalars[1].ToInt64() + (i / 4)));
            y.Integers[i] = unchecked((int)(i % 4) switch { 0 => (int)x0, 1 => (int)x1, 2 => (int)x2, _ => (int)x3 });
        }

        return y;
    }

    /// <summary>For each element of the input, which element of the result it belongs to: the reduced dimensions have stride 0.</summary>
    private static IEnumerable<long> Groups(Shape shape, ValueArray<int> axes)
    {
        var steps = ReducedShape.Of(shape, axes.AsSpan(), keepDim: true, "reduce").ContiguousStrides.AsSpan().ToArray();
        foreach (int axis in axes)
            steps[axis] = 0;
        return Values.Offsets(shape, new(Strides.Create(steps), 0));
    }

    private static Values Reduce(ReduceOp op, Values x, in TensorSpec spec)
    {
        var y = new Values(spec).Fill(op.IsProd ? 1 : 0);
        var seen = new bool[y.Count];
        int i = 0;
        foreach (long g in Groups(x.Shape, op.Axes))
        {
            if ((op.IsMax || op.IsMin) && !seen[g])
                y.Set(g, x, i);
            else if (x.IsReal)
                y.Reals[g] = op.IsSum ? y.Reals[g] + x.Reals[i] : op.IsProd ? y.Reals[g] * x.Reals[i] : op.IsMax ? Math.Max(y.Reals[g], x.Reals[i]) : Math.Min(y.Reals[g], x.Reals[i]);
            else
                y.Integers[g] = unchecked(op.IsSum ? y.Integers[g] + x.Integers[i] : op.IsProd ? y.Integers[g] * x.Integers[i] : op.IsMax ? Math.Max(y.Integers[g], x.Integers[i]) : Math.Min(y.Integers[g], x.Integers[i]));
            seen[g] = true;
            i++;
        }

        return y;
    }

    private static Values ArgReduce(ArgReduceOp op, Values x, in TensorSpec spec)
    {
        var y = new Values(spec);
        var best = new long[y.Count]; // the position in x of the choice so far; -1: none yet
        Array.Fill(best, -1);
        ValueArray<int> axes = x.Shape.Rank == 0 ? [] : [op.Axis];
        long step = x.Shape.Rank == 0 ? 1 : x.Shape.ContiguousStrides[op.Axis], size = x.Shape.Rank == 0 ? 1 : x.Shape[op.Axis];
        long i = 0;
        foreach (long g in Groups(x.Shape, axes))
        {
            if (best[g] < 0 || Better(op.IsMax, x, i, best[g]))
            {
                best[g] = i;
                y.Integers[g] = i / step % size;
            }

            i++;
        }

        return y;
    }

    private static bool Better(bool larger, Values x, long i, long than)
    {
        if (!x.IsReal)
            return larger ? x.Integers[i] > x.Integers[than] : x.Integers[i] < x.Integers[than];
        if (double.IsNaN(x.Reals[than]))
            return false;
        return double.IsNaN(x.Reals[i]) || (larger ? x.Reals[i] > x.Reals[than] : x.Reals[i] < x.Reals[than]);
    }

    /// <summary>Puts the elements of <paramref name="part"/> where a layout over <paramref name="whole"/> says.</summary>
    private static void Place(Values part, Values whole, Layout layout)
    {
        long i = 0;
        foreach (long at in Values.Offsets(part.Shape, layout))
            whole.Set(at, part, i++);
    }

    private static Values Pad(PadOp op, Values x, Scalar value, in TensorSpec spec)
    {
        var y = new Values(spec).Fill(value);
        var strides = spec.Shape.ContiguousStrides;
        long offset = 0;
        for (int d = 0; d < x.Shape.Rank; d++)
            offset += op.Before[d] * strides[d];
        Place(x, y, new(strides, offset));
        return y;
    }

    private static Values Concat(ConcatOp op, Values[] inputs, in TensorSpec spec)
    {
        var y = new Values(spec);
        var strides = spec.Shape.ContiguousStrides;
        long start = 0;
        foreach (var x in inputs)
        {
            Place(x, y, new(strides, start * strides[op.Axis]));
            start += x.Shape[op.Axis];
        }

        return y;
    }

    private static Values SliceScatter(SliceScatterOp op, Values[] inputs, in TensorSpec spec)
    {
        var y = inputs[0];
        op.Slice.TryApply(spec, Layout.Contiguous(spec.Shape), out _, out var layout);
        Place(inputs[1], y, layout);
        return y;
    }

    /// <summary>For each element of the index, the position in a dense tensor that has the index's coordinates but on the axis the indexed one.</summary>
    private static IEnumerable<long> Indexed(string op, int axis, Shape shape, Values index)
    {
        var steps = shape.ContiguousStrides.AsSpan().ToArray();
        long step = shape.Rank == 0 ? 1 : steps[axis], size = shape.Rank == 0 ? 1 : shape[axis];
        if (shape.Rank > 0)
            steps[axis] = 0;
        int i = 0;
        foreach (long at in Values.Offsets(index.Shape, new(Strides.Create(steps), 0)))
        {
            long k = index.Integers[i++];
            if (k < 0 || k >= size)
                throw new TensorIndexException(op, $"index {k} is out of range for dimension {axis} of {shape}; it lies between 0 and {size - 1}.");
            yield return at + (k * step);
        }
    }

    private static Values Gather(int axis, Values x, Values index, in TensorSpec spec)
    {
        var y = new Values(spec);
        long i = 0;
        foreach (long at in Indexed("gather", axis, x.Shape, index))
            y.Set(i++, x, at);
        return y;
    }

    private static Values ScatterAdd(int axis, Values x, Values index, Values source, in TensorSpec spec)
    {
        var y = new Values(spec);
        Place(x, y, Layout.Contiguous(spec.Shape));
        var part = source.View(index.Shape, new(source.Shape.ContiguousStrides, 0));
        int i = 0;
        foreach (long at in Indexed("scatter_add", axis, x.Shape, index))
        {
            if (y.IsReal) y.Reals[at] += part.Reals[i++];
            else y.Integers[at] = unchecked(y.Integers[at] + part.Integers[i++]);
        }

        return y;
    }

    private static Values MatMul(Values a, Values b, in TensorSpec spec)
    {
        var (shape, y) = (spec.Shape, new Values(spec));
        long m = shape[^2], n = shape[^1], k = a.Shape[^1];
        var batch = shape.AsSpan()[..^2].ToArray();
        a = a.Expand([.. batch, m, k]);
        b = b.Expand([.. batch, k, n]);
        for (int e = 0; e < y.Count; e++)
        {
            long matrix = e / (m * n), row = e / n % m, column = e % n;
            for (long j = 0; j < k; j++)
            {
                long p = (((matrix * m) + row) * k) + j, q = (((matrix * k) + j) * n) + column;
                if (y.IsReal) y.Reals[e] += a.Reals[p] * b.Reals[q];
                else y.Integers[e] = unchecked(y.Integers[e] + (a.Integers[p] * b.Integers[q]));
            }
        }

        return y;
    }
}
