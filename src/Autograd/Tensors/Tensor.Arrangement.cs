namespace Nabla;

/// <content>The same elements in another order.</content>
public sealed partial class Tensor
{
    /// <summary>Dimensions reversed; a copy. PyTorch: <c>torch.flip</c>.</summary>
    public Tensor Flip(params ReadOnlySpan<int> dims)
    {
        using var temporaries = TemporaryScope.Open();
        int rank = Dim;
        Span<long> starts = stackalloc long[rank], steps = stackalloc long[rank];
        steps.Fill(1);
        foreach (int dim in dims)
        {
            int axis = Shape.Axis(dim, "flip");
            if (rank == 0)
                continue;
            if (steps[axis] < 0)
                throw new TensorArgumentException("flip", $"dimension {axis} is named more than once.");
            (starts[axis], steps[axis]) = (Math.Max(0, Shape[axis] - 1), -1);
        }

        return temporaries.Keep(Apply(new SliceOp(ValueArray.Create<long>(starts), ValueArray.Create(Shape.AsSpan()), ValueArray.Create<long>(steps))).Clone());
    }

    /// <summary>Columns reversed; a copy. PyTorch: <c>torch.fliplr</c>.</summary>
    public Tensor FlipLR() => Dim >= 2 ? Flip(1) : throw new ShapeException("fliplr", $"{Shape} has no columns: at least two dimensions are needed.");

    /// <summary>Rows reversed; a copy. PyTorch: <c>torch.flipud</c>.</summary>
    public Tensor FlipUD() => Dim >= 1 ? Flip(0) : throw new ShapeException("flipud", "a tensor without dimensions has no rows.");

    /// <summary>Elements moved on, those beyond the end to the front; as if all were in one row. PyTorch: <c>torch.roll</c>.</summary>
    public Tensor Roll(long shift)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Reshape(-1).Roll(shift, 0).Reshape(Shape));
    }

    /// <summary>Elements of a dimension moved on, those beyond the end to the front. PyTorch: <c>torch.roll</c>.</summary>
    public Tensor Roll(long shift, int dim) => Roll([shift], [dim]);

    /// <summary>Elements of dimensions moved on, those beyond the end to the front. PyTorch: <c>torch.roll</c>.</summary>
    /// <exception cref="TensorArgumentException">There are not as many shifts as dimensions.</exception>
    public Tensor Roll(ReadOnlySpan<long> shifts, ReadOnlySpan<int> dims)
    {
        using var temporaries = TemporaryScope.Open();
        if (dims.IsEmpty && shifts.Length == 1)
            return temporaries.Keep(Roll(shifts[0]));
        if (shifts.Length != dims.Length || shifts.IsEmpty)
            throw new TensorArgumentException("roll", $"{shifts.Length} shifts do not fit {dims.Length} dimensions.");
        var x = this;
        for (int i = 0; i < dims.Length; i++)
        {
            int axis = PartAxis(dims[i], "roll");
            long size = Shape[axis], behind = size == 0 ? 0 : (shifts[i] % size + size) % size;
            if (behind != 0)
                x = Cat([x.Narrow(axis, size - behind, behind), x.Narrow(axis, 0, size - behind)], axis);
        }

        return temporaries.Keep(ReferenceEquals(x, this) ? Clone() : x);
    }

    /// <summary>Turned by 90 degrees, <paramref name="k"/> times, from the first of two dimensions to the second. PyTorch: <c>torch.rot90</c>.</summary>
    public Tensor Rot90(int k = 1, int dim0 = 0, int dim1 = 1)
    {
        using var temporaries = TemporaryScope.Open();
        int a = Shape.Axis(dim0, "rot90"), b = Shape.Axis(dim1, "rot90");
        if (Dim < 2 || a == b)
            throw new TensorArgumentException("rot90", $"dimensions {dim0} and {dim1} of {Shape} are not two that span a plane.");
        var turned = ((k % 4 + 4) % 4) switch
        {
            1 => Flip(b).Transpose(a, b),
            2 => Flip(a, b),
            3 => Flip(a).Transpose(a, b),
            _ => Clone(),
        };
        return temporaries.Keep(turned);
    }

    /// <summary>One dimension moved to another place. PyTorch: <c>torch.movedim</c>.</summary>
    public Tensor MoveDim(int source, int destination) => MoveDim([source], [destination]);

    /// <summary>Dimensions moved to other places; the rest keep their order. PyTorch: <c>torch.movedim</c>.</summary>
    /// <exception cref="TensorArgumentException">A dimension is named twice, or the numbers differ.</exception>
    public Tensor MoveDim(ReadOnlySpan<int> source, ReadOnlySpan<int> destination)
    {
        if (source.Length != destination.Length)
            throw new TensorArgumentException("movedim", $"{source.Length} dimensions cannot go to {destination.Length} places.");
        if (Dim == 0)
            return Permute();
        int[] order = [.. Enumerable.Repeat(-1, Dim)];
        var moved = new bool[Dim];
        for (int i = 0; i < source.Length; i++)
        {
            int from = Shape.Axis(source[i], "movedim"), to = Shape.Axis(destination[i], "movedim");
            if (moved[from] || order[to] >= 0)
                throw new TensorArgumentException("movedim", "a dimension is named more than once.");
            (order[to], moved[from]) = (from, true);
        }

        int next = 0;
        for (int d = 0; d < order.Length; d++)
        {
            if (order[d] >= 0)
                continue;
            while (moved[next])
                next++;
            order[d] = next++;
        }

        return Permute(order);
    }

    /// <summary>Two dimensions exchanged. PyTorch: <c>torch.swapaxes</c>.</summary>
    public Tensor SwapAxes(int axis0, int axis1) => Transpose(axis0, axis1);

    /// <summary>Two dimensions exchanged. PyTorch: <c>torch.swapdims</c>.</summary>
    public Tensor SwapDims(int dim0, int dim1) => Transpose(dim0, dim1);

    /// <summary>One dimension as several, of which one size may be -1. PyTorch: <c>torch.unflatten</c>.</summary>
    /// <exception cref="ShapeException">The sizes do not fill the dimension.</exception>
    public Tensor Unflatten(int dim, params ReadOnlySpan<long> sizes)
    {
        int axis = PartAxis(dim, "unflatten");
        if (sizes.IsEmpty)
            throw new TensorArgumentException("unflatten", "there are no sizes.");
        var inner = ReshapeLayout.Resolve([Shape[axis]], sizes, "unflatten");
        return Reshape([.. Shape.AsSpan()[..axis], .. inner, .. Shape.AsSpan()[(axis + 1)..]]);
    }

    /// <summary>
    /// Windows of a dimension: it becomes the number of windows, and their elements a new last dimension. Shares memory; windows that
    /// overlap cannot be written. PyTorch: <c>torch.Tensor.unfold</c>.
    /// </summary>
    /// <param name="dim">The dimension.</param>
    /// <param name="size">How long a window is.</param>
    /// <param name="step">How far apart windows start.</param>
    /// <exception cref="TensorArgumentException">A window does not fit, or the step is not positive.</exception>
    public Tensor Unfold(int dim, long size, long step)
    {
        using var temporaries = TemporaryScope.Open();
        if (Dim == 0)
            return temporaries.Keep(Reshape(1).Unfold(dim, size, step).Select(0, 0));
        return temporaries.Keep(Apply(new UnfoldOp(Shape.Axis(dim, "unfold"), size, step)));
    }

    /// <summary>Channels become pixels: [*, C r^2, H, W] to [*, C, H r, W r]. PyTorch: <c>torch.pixel_shuffle</c>.</summary>
    /// <exception cref="ShapeException">There are fewer than three dimensions, or the channels do not divide.</exception>
    public Tensor PixelShuffle(int upscaleFactor)
    {
        using var temporaries = TemporaryScope.Open();
        long r = upscaleFactor;
        if (Dim < 3 || r < 1 || Shape[^3] % (r * r) != 0)
            throw new ShapeException("pixel_shuffle", $"{Shape} does not have [*, C r^2, H, W] for the factor {r}.");
        ReadOnlySpan<long> lead = Shape.AsSpan()[..^3];
        long channels = Shape[^3] / (r * r), height = Shape[^2], width = Shape[^1];
        int n = lead.Length;
        return temporaries.Keep(Reshape([.. lead, channels, r, r, height, width])
            .Permute([.. Enumerable.Range(0, n + 1), n + 3, n + 1, n + 4, n + 2])
            .Reshape([.. lead, channels, height * r, width * r]));
    }

    /// <summary>Pixels become channels: [*, C, H r, W r] to [*, C r^2, H, W]. PyTorch: <c>torch.pixel_unshuffle</c>.</summary>
    /// <exception cref="ShapeException">There are fewer than three dimensions, or the sizes do not divide.</exception>
    public Tensor PixelUnshuffle(int downscaleFactor)
    {
        using var temporaries = TemporaryScope.Open();
        long r = downscaleFactor;
        if (Dim < 3 || r < 1 || Shape[^2] % r != 0 || Shape[^1] % r != 0)
            throw new ShapeException("pixel_unshuffle", $"{Shape} does not have [*, C, H r, W r] for the factor {r}.");
        ReadOnlySpan<long> lead = Shape.AsSpan()[..^3];
        long channels = Shape[^3], height = Shape[^2] / r, width = Shape[^1] / r;
        int n = lead.Length;
        return temporaries.Keep(Reshape([.. lead, channels, height, r, width, r])
            .Permute([.. Enumerable.Range(0, n + 1), n + 2, n + 4, n + 1, n + 3])
            .Reshape([.. lead, channels * r * r, height, width]));
    }
}
