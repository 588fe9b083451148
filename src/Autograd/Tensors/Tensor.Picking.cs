namespace Nabla;

/// <content>Picking by index tensors, and filling by masks.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The slices of a dimension that an index (int32 or int64, at most one dimension) names, in its order. PyTorch: <c>torch.index_select</c>.
    /// </summary>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    public Tensor IndexSelect(int dim, Tensor index)
    {
        const string Op = "index_select";
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, Op);
        if (index.Dim > 1)
            throw new ShapeException(Op, $"the index {index.Shape} has more than one dimension; use Gather or TakeAlongDim.");
        if (Dim == 0)
            return temporaries.Keep(Reshape(1).IndexSelect(0, index).Reshape([]));
        return temporaries.Keep(Pick(axis, Position(index, Op).Reshape(-1)));
    }

    /// <summary>
    /// x[i][indices[i][j]] for dimension 1, and so on, where this and the indices broadcast in the other dimensions; without a dimension,
    /// positions in the flattened tensor. PyTorch: <c>torch.take_along_dim</c>.
    /// </summary>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    public Tensor TakeAlongDim(Tensor indices, int? dim = null)
    {
        const string Op = "take_along_dim";
        using var temporaries = TemporaryScope.Open();
        if (dim is null)
            return temporaries.Keep(Reshape(-1).Gather(0, indices.Reshape(-1)));
        if (Dim != indices.Dim)
            throw new ShapeException(Op, $"{Shape} and the indices {indices.Shape} differ in their number of dimensions.");
        int axis = Shape.Axis(dim.Value, Op);
        if (Dim == 0)
            return temporaries.Keep(Gather(0, indices));
        long[] own = Shape.ToArray(), others = indices.Shape.ToArray();
        own[axis] = others[axis] = 1;
        long[] sizes = Broadcasting.Join(Shape.Create(own), Shape.Create(others), Op).ToArray();
        sizes[axis] = Shape[axis];
        var source = Expand(sizes);
        sizes[axis] = indices.Shape[axis];
        return temporaries.Keep(source.Gather(axis, indices.Expand(sizes)));
    }

    /// <summary>
    /// The elements at positions of the flattened tensor, in the index's shape; negative ones count from the end. PyTorch: <c>torch.take</c>.
    /// </summary>
    /// <exception cref="TensorIndexException">An index is out of range.</exception>
    public Tensor Take(Tensor index)
    {
        if (index.DType != DType.Int64)
            throw new DTypeException("take", $"indices are int64, not {index.DType.Name()}; convert with To(DType.Int64).");
        using var temporaries = TemporaryScope.Open();
        var flat = index.Reshape(-1);
        var positive = Where(flat.Lt(0), flat + ElementCount, flat);
        return temporaries.Keep(Reshape(-1).Gather(0, positive).Reshape(index.Shape));
    }

    /// <summary>A copy with the value where the mask is true; the mask broadcasts. PyTorch: <c>torch.masked_fill</c>.</summary>
    /// <exception cref="DTypeException">The mask is not of bools.</exception>
    public Tensor MaskedFill(Tensor mask, Scalar value)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(WhereOp.Instance, [mask, Full([], value, DType, Device), this], default));
    }

    /// <summary>A copy with a value, without dimensions, where the mask is true; the mask broadcasts. PyTorch: <c>torch.masked_fill</c>.</summary>
    /// <exception cref="ShapeException">The value has dimensions.</exception>
    public Tensor MaskedFill(Tensor mask, Tensor value)
    {
        if (value.Dim != 0)
            throw new ShapeException("masked_fill", $"the value {value.Shape} has dimensions; use Where.");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(WhereOp.Instance, [mask, value.To(Device).Cast(DType), this], default));
    }

    /// <summary>The slices along a dimension at positions of a vector (int64).</summary>
    internal Tensor Pick(int axis, Tensor positions)
    {
        using var temporaries = TemporaryScope.Open();
        Span<long> sizes = stackalloc long[Dim];
        sizes.Fill(1);
        sizes[axis] = positions.ElementCount;
        var index = positions.Reshape(sizes);
        Shape.AsSpan().CopyTo(sizes);
        sizes[axis] = positions.ElementCount;
        return temporaries.Keep(Gather(axis, index.Expand(sizes)));
    }

    /// <summary>An index as int64; PyTorch takes int32 here, too.</summary>
    internal static Tensor Position(Tensor index, string op) => index.DType is DType.Int64 or DType.Int32
        ? index.Cast(DType.Int64)
        : throw new DTypeException(op, $"indices are int64 or int32, not {index.DType.Name()}; convert with To(DType.Int64).");
}
