namespace Nabla;

public static partial class Functional
{
    /// <summary>min(max(x + 3, 0), 6) / 6; no gradient passes at the bounds. PyTorch: <c>torch.nn.functional.hardsigmoid</c>.</summary>
    public static Tensor Hardsigmoid(Tensor input)
    {
        RequireFloat(input, "hardsigmoid");
        return Wide(input, x => Tensor.Where(x.Le(-3), Constant(x, 0), Tensor.Where(x.Ge(3), Constant(x, 1), (x + 3) / 6)));
    }

    /// <summary>x * min(max(x + 3, 0), 6) / 6; its gradient at the bounds is that of outside, 0 and 1. PyTorch: <c>torch.nn.functional.hardswish</c>.</summary>
    public static Tensor Hardswish(Tensor input)
    {
        RequireFloat(input, "hardswish");
        return Wide(input, x =>
        {
            // The parabola sees nothing from outside: an infinite x would give 0 * infinity in its gradient.
            var (below, above) = (x.Le(-3), x.Ge(3));
            var inside = Tensor.Where(below.LogicalOr(above), Constant(x, 0), x);
            return Tensor.Where(below, x.Detach() * 0, Tensor.Where(above, x, inside * (inside + 3) / 6));
        });
    }

    /// <summary>0 where |x| is at most <paramref name="lambd"/>, else x. PyTorch: <c>torch.nn.functional.hardshrink</c>.</summary>
    public static Tensor Hardshrink(Tensor input, double lambd = 0.5)
    {
        RequireFloat(input, "hardshrink");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Tensor.Where(input.Detach().Abs().Le(lambd), Constant(input, 0), input));
    }

    /// <summary>
    /// x - lambd where x &gt; lambd, x + lambd where x &lt; -lambd, else 0. PyTorch: <c>torch.nn.functional.softshrink</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">Lambda is negative.</exception>
    public static Tensor Softshrink(Tensor input, double lambd = 0.5)
    {
        RequireFloat(input, "softshrink");
        if (!(lambd >= 0))
            throw new TensorArgumentException("softshrink", $"lambd is {lambd}; it is at least 0.");
        return Wide(input, x => Tensor.Where(x.Detach().Abs().Le(lambd), Constant(x, 0), x - x.Detach().Sign() * lambd));
    }
}
