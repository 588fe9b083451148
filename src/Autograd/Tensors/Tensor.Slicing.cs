namespace Nabla;

/// <content>Parts along one dimension, as views.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Every <paramref name="step"/>-th element of a dimension from <paramref name="start"/> up to but without <paramref name="stop"/>;
    /// negative positions count from the end, and what lies beyond is cut off. A view. PyTorch: <c>x[start:stop:step]</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The step is not positive.</exception>
    public Tensor Slice(int dim, long? start = null, long? stop = null, long step = 1)
    {
        int axis = PartAxis(dim, "slice");
        if (step <= 0)
            throw new TensorArgumentException("slice", $"the step {step} is not positive; use Flip to go backwards.");
        long size = Shape[axis], first = Clip(start ?? 0), last = Math.Max(first, Clip(stop ?? size));
        return Apply(SliceOp.Along(Shape, axis, first, (last - first + step - 1) / step, step));

        long Clip(long at) => Math.Clamp(at < 0 ? at + size : at, 0, size);
    }

    /// <summary>
    /// Parts of <paramref name="splitSize"/> along a dimension, the last one smaller where it does not divide. Views, which cannot be
    /// written in place while gradients are recorded. PyTorch: <c>torch.split</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The size is not positive.</exception>
    public Tensor[] Split(long splitSize, int dim = 0)
    {
        int axis = PartAxis(dim, "split");
        long size = Shape[axis];
        if (splitSize < 0 || (splitSize == 0 && size > 0))
            throw new TensorArgumentException("split", $"parts of size {splitSize} do not fill dimension {dim} of {Shape}.");
        if (size == 0)
            return Parts(axis, [0]);
        var sizes = new long[(size + splitSize - 1) / splitSize];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Min(splitSize, size - i * splitSize);
        return Parts(axis, sizes);
    }

    /// <summary>Parts of given sizes along a dimension. Views, as with the other overload. PyTorch: <c>torch.split</c>.</summary>
    /// <exception cref="TensorArgumentException">The sizes do not add up to the dimension's.</exception>
    public Tensor[] Split(ReadOnlySpan<long> sections, int dim = 0)
    {
        int axis = PartAxis(dim, "split");
        long sum = 0;
        foreach (long size in sections)
            sum += size >= 0 ? size : throw new TensorArgumentException("split", $"sizes cannot be negative: [{Shape.Join(sections)}].");
        if (sum != Shape[axis])
            throw new TensorArgumentException("split", $"the sizes [{Shape.Join(sections)}] add up to {sum}, dimension {dim} of {Shape} has {Shape[axis]}.");
        return Parts(axis, sections);
    }

    /// <summary>
    /// At most <paramref name="chunks"/> parts of equal size, the last one smaller. Views, as with <see cref="Split(long, int)"/>.
    /// PyTorch: <c>torch.chunk</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The number is not positive.</exception>
    public Tensor[] Chunk(int chunks, int dim = 0)
    {
        int axis = PartAxis(dim, "chunk");
        if (chunks < 1)
            throw new TensorArgumentException("chunk", $"{chunks} is not a number of parts.");
        long size = Shape[axis];
        return size == 0 ? Parts(axis, new long[chunks]) : Split((size + chunks - 1) / chunks, axis);
    }

    /// <summary>
    /// Exactly <paramref name="sections"/> parts, the first ones larger by one where it does not divide. Views, as with
    /// <see cref="Split(long, int)"/>. PyTorch: <c>torch.tensor_split</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The number is not positive.</exception>
    public Tensor[] TensorSplit(int sections, int dim = 0)
    {
        int axis = PartAxis(dim, "tensor_split");
        if (sections < 1)
            throw new TensorArgumentException("tensor_split", $"{sections} is not a number of parts.");
        var sizes = new long[sections];
        for (int i = 0; i < sections; i++)
            sizes[i] = Shape[axis] / sections + (i < Shape[axis] % sections ? 1 : 0);
        return Parts(axis, sizes);
    }

    /// <summary>
    /// Parts that end at the given positions, and the rest; negative positions count from the end. Views, as with
    /// <see cref="Split(long, int)"/>. PyTorch: <c>torch.tensor_split</c>.
    /// </summary>
    public Tensor[] TensorSplit(ReadOnlySpan<long> indices, int dim = 0)
    {
        int axis = PartAxis(dim, "tensor_split");
        var parts = new Tensor[indices.Length + 1];
        long size = Shape[axis], start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            long end = i == indices.Length ? size : Math.Clamp(indices[i] < 0 ? indices[i] + size : indices[i], 0, size);
            parts[i] = Apply(SliceOp.Along(Shape, axis, start, Math.Max(0, end - start)), oneOfSeveral: true);
            start = end;
        }

        return parts;
    }

    /// <summary>Every index of a dimension, which goes. Views, as with <see cref="Split(long, int)"/>. PyTorch: <c>torch.unbind</c>.</summary>
    public Tensor[] Unbind(int dim = 0)
    {
        int axis = PartAxis(dim, "unbind");
        var parts = new Tensor[Shape[axis]];
        ReadOnlySpan<long> sizes = Shape;
        Shape rest = [.. sizes[..axis], .. sizes[(axis + 1)..]];
        using var temporaries = TemporaryScope.Open();
        for (int i = 0; i < parts.Length; i++)
            parts[i] = temporaries.Keep(Apply(SliceOp.Along(Shape, axis, i, 1), oneOfSeveral: true).Apply(new ReshapeOp(rest), oneOfSeveral: true));
        return parts;
    }

    private Tensor[] Parts(int axis, ReadOnlySpan<long> sizes)
    {
        var parts = new Tensor[sizes.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; start += sizes[i], i++)
            parts[i] = Apply(SliceOp.Along(Shape, axis, start, sizes[i]), oneOfSeveral: true);
        return parts;
    }

    private int PartAxis(int dim, string op)
    {
        int axis = Shape.Axis(dim, op);
        return Dim > 0 ? axis : throw new ShapeException(op, "a tensor without dimensions has no parts.");
    }
}
