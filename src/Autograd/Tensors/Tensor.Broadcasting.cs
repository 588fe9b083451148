namespace Nabla;

/// <summary>The order of the dimensions that <see cref="Tensor.Meshgrid(ReadOnlySpan{Tensor}, MeshIndexing)"/> gives. PyTorch: <c>indexing</c>.</summary>
public enum MeshIndexing
{
    /// <summary>Rows first, as matrices are indexed.</summary>
    Ij,

    /// <summary>The first two exchanged, as points of a plane are written.</summary>
    Xy,
}

/// <content>Stretching and repeating.</content>
public sealed partial class Tensor
{
    /// <summary>Stretched to a shape, without a copy. PyTorch: <c>torch.broadcast_to</c>.</summary>
    public Tensor BroadcastTo(params ReadOnlySpan<long> sizes) => Expand(sizes);

    /// <summary>Stretched to the shape of another tensor, without a copy. PyTorch: <c>expand_as</c>.</summary>
    public Tensor ExpandAs(Tensor other) => Expand(other.Shape);

    /// <summary>All stretched to their common shape, without a copy. PyTorch: <c>torch.broadcast_tensors</c>.</summary>
    public static Tensor[] BroadcastTensors(params ReadOnlySpan<Tensor> tensors)
    {
        var shape = Shape.Scalar;
        foreach (var tensor in tensors)
            shape = Broadcasting.Join(shape, tensor.Shape, "broadcast_tensors");
        var results = new Tensor[tensors.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = tensors[i].Expand(shape);
        return results;
    }

    /// <summary>The coordinates of the points of a grid: one tensor for each axis, without a copy. PyTorch: <c>torch.meshgrid</c>.</summary>
    /// <exception cref="ShapeException">A tensor is neither a vector nor a single number.</exception>
    public static Tensor[] Meshgrid(ReadOnlySpan<Tensor> tensors, MeshIndexing indexing = MeshIndexing.Ij)
    {
        if (tensors.IsEmpty)
            throw new TensorArgumentException("meshgrid", "there are no axes: pass at least one vector.");
        var axes = tensors.ToArray();
        var sizes = new long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i].Dim > 1)
                throw new ShapeException("meshgrid", $"axis {i} has the shape {axes[i].Shape}: axes are vectors.");
            if (axes[i].DType != axes[0].DType)
                throw new DTypeException("meshgrid", $"axis {i} is {axes[i].DType.Name()}, axis 0 {axes[0].DType.Name()}; convert one with To(dtype).");
            sizes[i] = axes[i].ElementCount;
        }

        var results = new Tensor[axes.Length];
        bool exchange = indexing == MeshIndexing.Xy && axes.Length > 1;
        using var temporaries = TemporaryScope.Open();
        for (int i = 0; i < axes.Length; i++)
        {
            long[] shape = [.. Enumerable.Repeat(1L, axes.Length)];
            shape[i] = sizes[i];
            var grid = axes[i].Reshape(shape).Expand(sizes);
            results[i] = temporaries.Keep(exchange ? grid.Transpose(0, 1) : grid);
        }

        return results;
    }

    /// <summary>Copies next to each other: so many along each dimension; further counts add dimensions in front. PyTorch: <c>repeat</c>.</summary>
    /// <exception cref="ShapeException">There are fewer counts than dimensions, or one is negative.</exception>
    public Tensor Repeat(params ReadOnlySpan<long> sizes)
    {
        if (sizes.Length < Dim)
            throw new ShapeException("repeat", $"{sizes.Length} counts are too few for the {Dim} dimensions of {Shape}; use Tile.");
        using var temporaries = TemporaryScope.Open();
        int lead = sizes.Length - Dim;
        List<long> apart = [], stretched = [], joined = [];
        for (int d = 0; d < sizes.Length; d++)
        {
            if (sizes[d] < 0)
                throw new ShapeException("repeat", $"counts cannot be negative: [{Shape.Join(sizes)}].");
            long size = d < lead ? 1 : Shape[d - lead];
            joined.Add(sizes[d] * size);
            if (sizes[d] != 1)
            {
                apart.Add(1);
                stretched.Add(sizes[d]);
            }

            if (d >= lead)
            {
                apart.Add(size);
                stretched.Add(size);
            }
        }

        // The counts become dimensions of their own, which stretch without a copy; then one copy, and the dimensions are joined.
        return temporaries.Keep(Reshape(apart.ToArray()).Expand(stretched.ToArray()).Clone().Reshape(joined.ToArray()));
    }

    /// <summary>As <see cref="Repeat"/>; missing counts in front are 1. PyTorch: <c>torch.tile</c>.</summary>
    public Tensor Tile(params ReadOnlySpan<long> dims)
    {
        long[] counts = [.. Enumerable.Repeat(1L, Math.Max(0, Dim - dims.Length)), .. dims];
        return Repeat(counts);
    }

    /// <summary>Every element of a dimension so many times in a row; without a dimension, of all elements. PyTorch: <c>torch.repeat_interleave</c>.</summary>
    /// <exception cref="TensorArgumentException">The count is negative.</exception>
    public Tensor RepeatInterleave(long repeats, int? dim = null)
    {
        if (repeats < 0)
            throw new TensorArgumentException("repeat_interleave", $"the count {repeats} is negative.");
        using var temporaries = TemporaryScope.Open();
        if (dim is null || Dim == 0)
            return temporaries.Keep(dim is null || Shape.Axis(dim.Value, "repeat_interleave") == 0 ? Reshape(-1, 1).Expand(-1, repeats).Reshape(-1) : this);
        int axis = Shape.Axis(dim.Value, "repeat_interleave");
        long[] sizes = [.. Shape.AsSpan()[..(axis + 1)], repeats, .. Shape.AsSpan()[(axis + 1)..]];
        long[] joined = Shape.ToArray();
        joined[axis] *= repeats;
        return temporaries.Keep(Unsqueeze(axis + 1).Expand(sizes).Clone().Reshape(joined));
    }

    /// <summary>
    /// Every element of a dimension as often as the tensor of counts says; without a dimension, of all elements. Reads the counts, and so
    /// waits for the device. PyTorch: <c>torch.repeat_interleave</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are not as many counts as elements (or one for all).</exception>
    /// <exception cref="TensorArgumentException">A count is negative.</exception>
    public Tensor RepeatInterleave(Tensor repeats, int? dim = null)
    {
        using var temporaries = TemporaryScope.Open();
        var x = dim is null || Dim == 0 ? Reshape(-1) : this;
        int axis = dim is null ? 0 : x.Shape.Axis(dim.Value, "repeat_interleave");
        long[] counts = repeats.ToArray<long>();
        if (repeats.DType.IsFloatingPoint() || repeats.Dim > 1 || (counts.Length != 1 && counts.Length != x.Shape[axis]))
            throw new ShapeException("repeat_interleave", $"the counts are integers, one for all or one for each of the {x.Shape[axis]} elements, not {repeats._data.Spec}.");
        List<long> indices = [];
        for (long i = 0; i < x.Shape[axis]; i++)
        {
            long count = counts[counts.Length == 1 ? 0 : i];
            if (count < 0)
                throw new TensorArgumentException("repeat_interleave", $"the count {count} is negative.");
            indices.AddRange(Enumerable.Repeat(i, (int)count));
        }

        return temporaries.Keep(x.Pick(axis, indices.ToArray()));
    }

    /// <summary>The elements of a dimension at given positions.</summary>
    private Tensor Pick(int axis, long[] indices)
    {
        using var temporaries = TemporaryScope.Open();
        long[] line = [.. Enumerable.Repeat(1L, Dim)], shape = Shape.ToArray();
        line[axis] = shape[axis] = indices.Length;
        return temporaries.Keep(Gather(axis, From<long>(indices, line, device: Device).Expand(shape)));
    }
}
