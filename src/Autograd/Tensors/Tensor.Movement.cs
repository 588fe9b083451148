namespace Nabla;

/// <content>Copies, conversions and indexed movement.</content>
public sealed partial class Tensor
{
    /// <summary>A dense copy; the gradient passes. PyTorch: <c>torch.clone</c>.</summary>
    public Tensor Clone() => Apply(CopyOp.Instance, [this], default);

    /// <summary>This where it is dense already, else a dense copy. PyTorch: <c>contiguous</c>.</summary>
    public Tensor Contiguous() => IsContiguous ? this : Clone();

    /// <summary>The values in another element type; this itself where it has it. Differentiable. PyTorch: <c>to</c>.</summary>
    public Tensor To(DType dtype) => Cast(dtype);

    /// <summary>The values on another device; this itself where it is there. Differentiable. PyTorch: <c>to</c>.</summary>
    public Tensor To(Device device)
    {
        if (_data.Device == device.Implementation)
            return this;
        var moved = TransferNode.Copy(Data, device.Implementation);
        GC.KeepAlive(this);
        bool record = GradMode && RequiresGrad;
        return new Tensor(moved, record ? new Edge(new TransferNode(_data, GradEdge), 0) : default);
    }

    /// <summary>x[i][index[i][j]] for dimension 1, and so on. PyTorch: <c>torch.gather</c>.</summary>
    public Tensor Gather(int dim, Tensor index) => Apply(new GatherOp(Shape.Axis(dim, "gather")), [this, index], default);

    /// <summary>A copy with source added at the indexed places. PyTorch: <c>torch.scatter_add</c>.</summary>
    public Tensor ScatterAdd(int dim, Tensor index, Tensor source) =>
        Apply(new ScatterAddOp(Shape.Axis(dim, "scatter_add")), [this, index, source], default);

    /// <summary>Joins tensors along a dimension; element types promote. PyTorch: <c>torch.cat</c>.</summary>
    public static Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim = 0)
    {
        if (tensors.IsEmpty)
            throw new TensorArgumentException("cat", "there is nothing to join: pass at least one tensor.");
        using var temporaries = TemporaryScope.Open();
        var dtype = Promotion.Result(tensors);
        var model = tensors[0].Shape;
        for (int i = 1; i < tensors.Length && IsEmptyVector(model); i++)
            model = tensors[i].Shape;
        if (model.Rank == 0)
            throw new ShapeException("cat", "tensors without dimensions cannot be joined; use Stack.");
        int axis = model.Axis(dim, "cat");
        var parts = new Tensor[tensors.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = tensors[i].Cast(dtype);
            if (IsEmptyVector(parts[i].Shape) && model.Rank > 1) // PyTorch joins empty vectors to anything
                parts[i] = parts[i].Reshape([.. model.AsSpan()[..axis], 0, .. model.AsSpan()[(axis + 1)..]]);
        }

        return temporaries.Keep(Apply(new ConcatOp(axis), parts, default));

        static bool IsEmptyVector(Shape shape) => shape.Rank == 1 && shape[0] == 0;
    }

    /// <summary>Joins tensors of one shape along a new dimension. PyTorch: <c>torch.stack</c>.</summary>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dim = 0)
    {
        if (tensors.IsEmpty)
            throw new TensorArgumentException("stack", "there is nothing to join: pass at least one tensor.");
        using var temporaries = TemporaryScope.Open();
        int axis = Shape.Axis(dim, tensors[0].Dim + 1, "stack");
        var parts = new Tensor[tensors.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (tensors[i].Shape != tensors[0].Shape)
                throw new ShapeException("stack", $"tensor {i} has the shape {tensors[i].Shape}, tensor 0 {tensors[0].Shape}: all are equal.");
            parts[i] = tensors[i].Unsqueeze(axis);
        }

        return temporaries.Keep(Cat(parts, axis));
    }
}
