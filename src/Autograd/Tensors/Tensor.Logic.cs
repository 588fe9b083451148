namespace Nabla;

/// <content>Reductions of truth values and counts.</content>
public sealed partial class Tensor
{
    /// <summary>Whether all elements differ from zero; of nothing, true. Of uint8 the result is uint8, as in PyTorch. PyTorch: <c>torch.all</c>.</summary>
    public Tensor All() => Truth([], keepDim: false, all: true);

    /// <summary>Whether all elements along a dimension differ from zero. PyTorch: <c>torch.all</c>.</summary>
    public Tensor All(int dim, bool keepDim = false) => Truth([dim], keepDim, all: true);

    /// <summary>Whether any element differs from zero; of nothing, false. Of uint8 the result is uint8, as in PyTorch. PyTorch: <c>torch.any</c>.</summary>
    public Tensor Any() => Truth([], keepDim: false, all: false);

    /// <summary>Whether any element along a dimension differs from zero. PyTorch: <c>torch.any</c>.</summary>
    public Tensor Any(int dim, bool keepDim = false) => Truth([dim], keepDim, all: false);

    /// <summary>How many elements differ from zero, as int64. PyTorch: <c>torch.count_nonzero</c>.</summary>
    public Tensor CountNonzero()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Ne(0).Sum());
    }

    /// <summary>How many elements differ from zero along dimensions, as int64. PyTorch: <c>torch.count_nonzero</c>.</summary>
    public Tensor CountNonzero(params ReadOnlySpan<int> dims)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Ne(0).Sum(dims));
    }

    private Tensor Truth(ReadOnlySpan<int> dims, bool keepDim, bool all)
    {
        using var temporaries = TemporaryScope.Open();
        string name = all ? "all" : "any";
        var axes = Axes(dims, name);
        var truth = DType == DType.Bool ? this : Ne(0);
        Tensor result;
        if (ElementCount == 0)
            result = Full(ReducedShape.Of(Shape, axes.AsSpan(), keepDim, name), all, DType.Bool, Device);
        else
            result = truth.Extreme(all ? ReduceOp.Min(axes, keepDim) : ReduceOp.Max(axes, keepDim));
        return temporaries.Keep(DType == DType.UInt8 ? result.Cast(DType.UInt8) : result);
    }
}
