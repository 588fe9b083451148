namespace Nabla;

public static partial class Functional
{
    /// <summary>min(max(x + 3, 0), 6) / 6; no gradient passes at the bounds. PyTorch: <c>torch.nn.functional.hardsigmoid</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Hardsigmoid(Tensor input)
    {
        RequireFloat(input, "hardsigmoid");
        return Tensor.Apply(HardsigmoidOp.Instance, [input], default);
    }

    /// <summary>x * min(max(x + 3, 0), 6) / 6; its gradient at the bounds is that of outside, 0 and 1. PyTorch: <c>torch.nn.functional.hardswish</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Hardswish(Tensor input)
    {
        RequireFloat(input, "hardswish");
        return Wide(input, x => x * (Hardtanh(x + 3, 0, 6) / 6));
    }

    /// <summary>
    /// 0 where |x| is at most <paramref name="lambd"/>, else x; its gradient is 0 there, else 1. PyTorch: <c>torch.nn.functional.hardshrink</c>.
    /// </summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Hardshrink(Tensor input, double lambd = 0.5)
    {
        return Shrink(input, lambd, soft: false, "hardshrink");
    }

    /// <summary>
    /// x - lambd where x &gt; lambd, x + lambd where x &lt; -lambd, else 0. The gradient is 1, 1 and 0. PyTorch: <c>torch.nn.functional.softshrink</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">Lambda is negative, or no number.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Softshrink(Tensor input, double lambd = 0.5)
    {
        if (!(lambd >= 0))
            throw new TensorArgumentException("softshrink", $"lambd is {lambd}; it is at least 0.");
        return Shrink(input, lambd, soft: true, "softshrink");
    }

    private static Tensor Shrink(Tensor input, double lambd, bool soft, string op)
    {
        RequireFloat(input, op);
        return Tensor.Apply(new ShrinkOp(soft), [input], [lambd]);
    }
}
