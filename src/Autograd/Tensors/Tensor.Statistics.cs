namespace Nabla;

/// <content>Variance, deviation, and means and sums that ignore NaN.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The variance of all elements: the squared distances from the mean, summed and divided by n - <paramref name="correction"/>.
    /// PyTorch: <c>torch.var</c>.
    /// </summary>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor Var(double correction = 1) => Var([], correction);

    /// <summary>The variance along a dimension. PyTorch: <c>torch.var</c>.</summary>
    public Tensor Var(int dim, double correction = 1, bool keepDim = false) => Var([dim], correction, keepDim);

    /// <summary>The variance along dimensions; none given means all. PyTorch: <c>torch.var</c>.</summary>
    public Tensor Var(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false)
    {
        RequireFloat("var");
        return Apply(new VarOp(Axes(dims, "var"), keepDim), [this], [correction]);
    }

    /// <summary>The standard deviation of all elements: the root of the variance; where it is 0, so is its gradient. PyTorch: <c>torch.std</c>.</summary>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor Std(double correction = 1) => Std([], correction);

    /// <summary>The standard deviation along a dimension. PyTorch: <c>torch.std</c>.</summary>
    public Tensor Std(int dim, double correction = 1, bool keepDim = false) => Std([dim], correction, keepDim);

    /// <summary>The standard deviation along dimensions; none given means all. PyTorch: <c>torch.std</c>.</summary>
    public Tensor Std(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false)
    {
        RequireFloat("std");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(new StdOp(Axes(dims, "std"), keepDim), [Cast(DType.Accumulator())], [correction]).Cast(DType));
    }

    /// <summary>Variance and mean of all elements. PyTorch: <c>torch.var_mean</c>.</summary>
    public (Tensor Var, Tensor Mean) VarMean(double correction = 1) => VarMean([], correction);

    /// <summary>Variance and mean along dimensions; none given means all. PyTorch: <c>torch.var_mean</c>.</summary>
    public (Tensor Var, Tensor Mean) VarMean(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false) =>
        (Var(dims, correction, keepDim), Mean(dims, keepDim));

    /// <summary>Standard deviation and mean of all elements. PyTorch: <c>torch.std_mean</c>.</summary>
    public (Tensor Std, Tensor Mean) StdMean(double correction = 1) => StdMean([], correction);

    /// <summary>Standard deviation and mean along dimensions; none given means all. PyTorch: <c>torch.std_mean</c>.</summary>
    public (Tensor Std, Tensor Mean) StdMean(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false) =>
        (Std(dims, correction, keepDim), Mean(dims, keepDim));

    /// <summary>The sum of what is not NaN. PyTorch: <c>torch.nansum</c>.</summary>
    public Tensor NanSum(ReadOnlySpan<int> dims = default, bool keepDim = false, DType? dtype = null)
    {
        using var temporaries = TemporaryScope.Open();
        var x = this;
        if (DType.IsFloatingPoint() && IsRecorded)
            x = Where(IsNaN(), Zeros([], DType, Device), this); // its gradient at an infinity is 1, that of what follows 0
        else if (DType.IsFloatingPoint())
            x = Apply(NanToNumOp.Instance, [this], [0, double.PositiveInfinity, double.NegativeInfinity]);
        return temporaries.Keep(x.Sum(dims, keepDim, dtype));
    }

    /// <summary>The mean of what is not NaN; NaN where nothing is. PyTorch: <c>torch.nanmean</c>.</summary>
    /// <exception cref="DTypeException">The elements are not floating point.</exception>
    public Tensor NanMean(ReadOnlySpan<int> dims = default, bool keepDim = false)
    {
        RequireFloat("nanmean");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(NanSum(dims, keepDim).Div(IsNaN().LogicalNot().Sum(dims, keepDim)));
    }

    /// <summary>log(sum(e^x)) along dimensions, without overflow; integers become float32. PyTorch: <c>torch.logsumexp</c>.</summary>
    public Tensor LogSumExp(ReadOnlySpan<int> dims, bool keepDim = false)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Apply(new LogSumExpOp(Axes(dims, "logsumexp"), keepDim), [Floating()], default));
    }

    /// <summary>log(sum(e^x)) along a dimension, without overflow. PyTorch: <c>torch.logsumexp</c>.</summary>
    public Tensor LogSumExp(int dim, bool keepDim = false) => LogSumExp([dim], keepDim);
}
