namespace Nabla;

public static partial class Functional
{
    /// <summary>|x - y|; shapes broadcast. PyTorch: <c>torch.nn.functional.l1_loss</c>.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor L1Loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Difference(input, target, "l1_loss").Abs().Reduce(reduction, "l1_loss"));
    }

    /// <summary>(x - y)^2; shapes broadcast. PyTorch: <c>torch.nn.functional.mse_loss</c>.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor MseLoss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Difference(input, target, "mse_loss").Square().Reduce(reduction, "mse_loss"));
    }

    /// <summary>
    /// (x - y)^2 / (2 beta) where |x - y| &lt; beta, else |x - y| - beta / 2; shapes broadcast, element types promote,
    /// integers to float32. Half types: the loss of an element is rounded once. With a beta of 0 it is <see cref="L1Loss"/>.
    /// PyTorch: <c>torch.nn.functional.smooth_l1_loss</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">Beta is negative, or no number.</exception>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor SmoothL1Loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
    {
        if (!(beta >= 0))
            throw new TensorArgumentException("smooth_l1_loss", $"beta is {beta}; it is at least 0.");
        using var temporaries = TemporaryScope.Open();
        if (beta < SmallestNormal(Promotion.Result(input, target)))
            return temporaries.Keep(L1Loss(input, target, reduction)); // 1 / beta is too large for the type, and what is left of the parabola too small
        return temporaries.Keep(Huber(input, target, beta, 1 / beta, "smooth_l1_loss").Reduce(reduction, "smooth_l1_loss"));
    }

    /// <summary>
    /// (x - y)^2 / 2 where |x - y| is at most delta, else delta (|x - y| - delta / 2); shapes broadcast, element types promote,
    /// integers to float32. Half types: the loss of an element is rounded once. PyTorch: <c>torch.nn.functional.huber_loss</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">Delta is not positive.</exception>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor HuberLoss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double delta = 1)
    {
        if (!(delta > 0))
            throw new TensorArgumentException("huber_loss", $"delta is {delta}; it is positive.");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Huber(input, target, delta, 1, "huber_loss").Reduce(reduction, "huber_loss"));
    }

    /// <summary>x - y, whose shapes are refused in the name of the loss.</summary>
    private static Tensor Difference(Tensor input, Tensor target, string op)
    {
        if (input.Shape != target.Shape)
            Broadcasting.Join(input.Shape, target.Shape, op);
        return input - target;
    }

    private static Tensor Huber(Tensor input, Tensor target, double delta, double scale, string op)
    {
        var dtype = Promotion.Result(input, target);
        if (!dtype.IsFloatingPoint())
            dtype = Promotion.DefaultFloat;
        var (x, y) = Tensor.Alike(HuberOp.Instance, input, target, dtype, op);
        return Tensor.Apply(HuberOp.Instance, [x, y], [delta, scale]);
    }

    /// <summary>The smallest positive number with all its bits, in the type that computes: some devices read smaller ones as 0.</summary>
    private static double SmallestNormal(DType dtype) => dtype == DType.Float64 ? 2.2250738585072014e-308 : 1.1754943508222875e-38;

    /// <summary>
    /// (log(var) + (x - y)^2 / var) / 2, var at least eps; with <paramref name="full"/> plus log(2 pi) / 2. The variances have the shape
    /// of the input, or one for each row of its last dimension. PyTorch: <c>torch.nn.functional.gaussian_nll_loss</c>.
    /// </summary>
    /// <exception cref="ShapeException">The variances have neither shape.</exception>
    /// <exception cref="TensorArgumentException">A variance is negative.</exception>
    public static Tensor GaussianNllLoss(Tensor input, Tensor target, Tensor variance, bool full = false, double eps = 1e-6, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        if (variance.Shape != input.Shape)
        {
            if (input.Dim > 0 && input.Shape.AsSpan()[..^1].SequenceEqual(variance.Shape))
                variance = variance.Unsqueeze(-1);
            else if (input.Dim != variance.Dim || !input.Shape.AsSpan()[..^1].SequenceEqual(variance.Shape.AsSpan()[..^1]) || variance.Shape[^1] != 1)
                throw new ShapeException("gaussian_nll_loss", $"the variances {variance.Shape} fit neither the elements of {input.Shape} nor its rows.");
        }

        // The bound keeps the division defined; the gradient is that of the variance itself.
        var bounded = Floor(variance, eps);
        var losses = (bounded.Log() + (input - target).Square() / bounded) * 0.5;
        losses = Checked(losses, variance.Detach(), v => v.Lt(0).LogicalNot(), "gaussian_nll_loss", "a variance is negative; pass Exp() of an unbounded output, or its Square().");
        return temporaries.Keep((full ? losses + 0.5 * Math.Log(2 * Math.PI) : losses).Reduce(reduction, "gaussian_nll_loss"));
    }

    /// <summary>
    /// e^x - y x, or x - y log(x + eps) where x is not a logarithm; with <paramref name="full"/> plus Stirling's y log(y) - y + log(2 pi y) / 2
    /// where y &gt; 1. PyTorch: <c>torch.nn.functional.poisson_nll_loss</c>.
    /// </summary>
    public static Tensor PoissonNllLoss(Tensor input, Tensor target, bool logInput = true, bool full = false, double eps = 1e-8, Reduction reduction = Reduction.Mean)
    {
        using var temporaries = TemporaryScope.Open();
        var losses = logInput ? input.Exp() - target * input : input - target * (input + eps).Log();
        if (full)
        {
            var large = target.Gt(1);
            var safe = Tensor.Where(large, target, Constant(target, 1));
            var stirling = safe * safe.Log() - safe + (safe * (2 * Math.PI)).Log() * 0.5;
            losses = losses + Tensor.Where(large, stirling, Constant(stirling, 0));
        }

        return temporaries.Keep(losses.Reduce(reduction, "poisson_nll_loss"));
    }
}
