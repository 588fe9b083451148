namespace Nabla;

/// <summary>What a loss makes of the losses of its elements.</summary>
public enum Reduction
{
    /// <summary>Their mean; where there are weights, the weighted mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Nothing: they are returned.</summary>
    None,

    /// <summary>Their sum divided by the first size: the mathematical mean of <see cref="Functional.KlDiv"/>, and of nothing else.</summary>
    BatchMean,
}

internal static class Reductions
{
    public static Tensor Reduce(this Tensor losses, Reduction reduction, string op) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        Reduction.None => losses,
        _ => throw new TensorArgumentException(op, $"the reduction is {reduction}; it is Mean, Sum or None."),
    };
}
