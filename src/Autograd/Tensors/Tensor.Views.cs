namespace Nabla;

/// <content>Views: the same memory seen in another way.</content>
public sealed partial class Tensor
{
    /// <summary>Other sizes, one of which may be -1; shares memory where the layout allows it, else copies. PyTorch: <c>torch.reshape</c>.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> sizes) => Apply(new ReshapeOp(ReshapeLayout.Resolve(Shape, sizes, "reshape")));

    /// <summary>Other sizes, one of which may be -1, sharing memory. PyTorch: <c>torch.Tensor.view</c>.</summary>
    /// <exception cref="MemoryAccessException">The layout does not allow it.</exception>
    public Tensor View(params ReadOnlySpan<long> sizes)
    {
        var to = ReshapeLayout.Resolve(Shape, sizes, "view");
        if (ReshapeLayout.TryReshape(Shape, Strides, to) is null)
            throw new MemoryAccessException("view", $"{Shape} with strides {Strides} cannot be seen as {to} without a copy; use Reshape.");
        return Apply(new ReshapeOp(to));
    }

    /// <summary>The dimensions in another order; negative ones count from the end. PyTorch: <c>torch.permute</c>.</summary>
    public Tensor Permute(params ReadOnlySpan<int> dims)
    {
        Span<int> order = stackalloc int[dims.Length];
        for (int i = 0; i < dims.Length; i++)
            order[i] = Shape.Axis(dims[i], "permute");
        return Apply(new PermuteOp(ValueArray.Create<int>(order)));
    }

    /// <summary>Two dimensions exchanged. PyTorch: <c>torch.transpose</c>.</summary>
    public Tensor Transpose(int dim0, int dim1)
    {
        int a = Shape.Axis(dim0, "transpose"), b = Shape.Axis(dim1, "transpose");
        return Apply(Dim == 0 ? new PermuteOp([]) : PermuteOp.Exchange(Dim, a, b));
    }

    /// <summary>The transposed matrix; a vector stays. PyTorch: <c>T</c>.</summary>
    /// <exception cref="ShapeException">There are more than two dimensions: use <see cref="MT"/> or <see cref="Permute"/>.</exception>
    public Tensor T => Dim switch
    {
        < 2 => Apply(new ReshapeOp(Shape)),
        2 => Transpose(0, 1),
        _ => throw new ShapeException("T", $"{Shape} has more than two dimensions; use MT for the last two, or Permute."),
    };

    /// <summary>The last two dimensions exchanged. PyTorch: <c>mT</c>.</summary>
    public Tensor MT => Transpose(-2, -1);

    /// <summary>Dimensions of size 1 repeated, without a copy; -1 keeps a size. PyTorch: <c>torch.Tensor.expand</c>.</summary>
    public Tensor Expand(params ReadOnlySpan<long> sizes)
    {
        int lead = sizes.Length - Dim;
        if (lead < 0)
            throw new ShapeException("expand", $"{sizes.Length} sizes are too few for the {Dim} dimensions of {Shape}.");
        Span<long> to = stackalloc long[sizes.Length];
        for (int d = 0; d < to.Length; d++)
        {
            if (sizes[d] == -1 && d < lead)
                throw new ShapeException("expand", $"the size of the new dimension {d} cannot be -1: there is none to keep.");
            to[d] = sizes[d] == -1 ? Shape[d - lead] : sizes[d];
        }

        return Apply(new ExpandOp(Shape.Create(to)));
    }

    /// <summary>A dimension of size 1 added before <paramref name="dim"/>. PyTorch: <c>torch.unsqueeze</c>.</summary>
    public Tensor Unsqueeze(int dim)
    {
        int axis = Shape.Axis(dim, Dim + 1, "unsqueeze");
        ReadOnlySpan<long> sizes = Shape;
        return Apply(new ReshapeOp([.. sizes[..axis], 1, .. sizes[axis..]]));
    }

    /// <summary>Without the dimensions of size 1. PyTorch: <c>torch.squeeze</c>.</summary>
    public Tensor Squeeze() => Apply(new ReshapeOp([.. Shape.Where(size => size != 1)]));

    /// <summary>Without one dimension, if its size is 1. PyTorch: <c>torch.squeeze</c>.</summary>
    public Tensor Squeeze(int dim)
    {
        int axis = Shape.Axis(dim, "squeeze");
        ReadOnlySpan<long> sizes = Shape;
        return Apply(new ReshapeOp(Dim == 0 || sizes[axis] != 1 ? Shape : [.. sizes[..axis], .. sizes[(axis + 1)..]]));
    }

    /// <summary>Dimensions from <paramref name="startDim"/> to <paramref name="endDim"/> as one. PyTorch: <c>torch.flatten</c>.</summary>
    public Tensor Flatten(int startDim = 0, int endDim = -1)
    {
        int start = Shape.Axis(startDim, "flatten"), end = Shape.Axis(endDim, "flatten");
        if (start > end)
            throw new TensorArgumentException("flatten", $"startDim {startDim} comes after endDim {endDim} in {Shape}.");
        if (Dim == 0)
            return Apply(new ReshapeOp([1]));
        ReadOnlySpan<long> sizes = Shape;
        long product = 1;
        foreach (long size in sizes[start..(end + 1)])
            product *= size;
        return Apply(new ReshapeOp([.. sizes[..start], product, .. sizes[(end + 1)..]]));
    }

    /// <summary>Part of a dimension. PyTorch: <c>torch.narrow</c>.</summary>
    public Tensor Narrow(int dim, long start, long length)
    {
        int axis = Shape.Axis(dim, "narrow");
        if (Dim == 0)
            throw new ShapeException("narrow", "a tensor without dimensions has no part.");
        long size = Shape[axis], first = start < 0 ? start + size : start;
        if (first < 0 || length < 0 || first + length > size)
            throw new TensorIndexException("narrow", $"{length} elements from {start} leave dimension {dim} of {Shape}.");
        return Apply(SliceOp.Along(Shape, axis, first, length));
    }

    /// <summary>One index of a dimension, which goes. PyTorch: <c>torch.select</c>.</summary>
    public Tensor Select(int dim, long index)
    {
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, "select");
        if (Dim == 0)
            throw new ShapeException("select", "a tensor without dimensions has nothing to select.");
        long size = Shape[axis], at = index < 0 ? index + size : index;
        if (at < 0 || at >= size)
            throw new TensorIndexException("select", $"index {index} is out of range for dimension {dim} of {Shape}.");
        ReadOnlySpan<long> sizes = Shape;
        return temporaries.Keep(Apply(SliceOp.Along(Shape, axis, at, 1)).Apply(new ReshapeOp([.. sizes[..axis], .. sizes[(axis + 1)..]])));
    }

    /// <summary>Sums to a shape that broadcasts to this one: the gradient of broadcasting. PyTorch: <c>sum_to_size</c>.</summary>
    public Tensor SumToSize(params ReadOnlySpan<long> sizes)
    {
        if (sizes.SequenceEqual(Shape.AsSpan()))
            return this;
        return SumToSize(Shape.Create(sizes));
    }

    internal Tensor SumToSize(Shape shape)
    {
        if (Shape == shape)
            return this;
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(TensorOps.Instance.SumTo(this, shape));
    }
}
