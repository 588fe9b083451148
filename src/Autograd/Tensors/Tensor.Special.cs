namespace Nabla;

/// <content>Special functions, composed of simpler ones. Integers become float32.</content>
public sealed partial class Tensor
{
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>Degrees as radians. PyTorch: <c>torch.deg2rad</c>.</summary>
    public Tensor Deg2Rad()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Floating() * (Math.PI / 180));
    }

    /// <summary>Radians as degrees. PyTorch: <c>torch.rad2deg</c>.</summary>
    public Tensor Rad2Deg()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Floating() * (180 / Math.PI));
    }

    /// <summary>
    /// log(x / (1 - x)); NaN outside 0 to 1. PyTorch: <c>torch.logit</c>.
    /// </summary>
    /// <param name="eps">When given, x is first clamped to eps and 1 - eps.</param>
    public Tensor Logit(double? eps = null) => FloatingWide(x =>
    {
        if (eps is { } e)
        {
            x = x.Clamp(e, 1 - e);
        }
        else
        {
            // Outside of its domain the value is NaN; as a factor, NaN reaches the gradient, too.
            var outside = x.Detach().Lt(0).LogicalOr(x.Detach().Gt(1));
            x = x * Where(outside, Full([], double.NaN, x.DType, x.Device), Ones([], x.DType, x.Device));
        }

        return x.Log() - (-x).Log1p();
    });

    /// <summary>sin(pi x) / (pi x), and 1 at 0. PyTorch: <c>torch.sinc</c>.</summary>
    public Tensor Sinc()
    {
        using var temporaries = TemporaryScope.Open();
        if (DType.Accumulator() != DType) // near 0 its slope is a small difference, which has no digits in a half type
            return temporaries.Keep(To(DType.Accumulator()).Sinc().To(DType));
        var x = Floating() * Math.PI;
        var zero = x.Eq(0);
        var one = Ones([], x.DType, x.Device);
        var safe = Where(zero, one, x);
        return temporaries.Keep(Where(zero, one - x * x / 6, safe.Sin() / safe)); // the start of the series has the first three derivatives at 0, too
    }

    /// <summary>The area under the standard normal density up to x. PyTorch: <c>torch.special.ndtr</c>.</summary>
    public Tensor Ndtr()
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep((Floating() * -SqrtHalf).Erfc() * 0.5);
    }

    /// <summary>The logarithm of <see cref="Ndtr"/>, accurate far below 0. PyTorch: <c>torch.special.log_ndtr</c>.</summary>
    public Tensor LogNdtr() => FloatingWide(SpecialFunctions.LogNdtr);

    /// <summary>
    /// The n-th derivative of digamma. PyTorch: <c>torch.polygamma</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException"><paramref name="n"/> is negative.</exception>
    public Tensor Polygamma(int n)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(n switch
        {
            < 0 => throw new TensorArgumentException("polygamma", $"the order {n} is negative."),
            0 => Digamma(),
            1 => FloatingWide(SpecialFunctions.Trigamma),
            _ => FloatingWide(x => SpecialFunctions.Polygamma(n, x)),
        });
    }

    /// <summary>
    /// log of the multivariate gamma function: p (p - 1) / 4 log(pi) + sum of lgamma(x - i / 2) for i from 0 to p - 1.
    /// PyTorch: <c>torch.mvlgamma</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException"><paramref name="p"/> is not positive.</exception>
    public Tensor Mvlgamma(int p)
    {
        if (p < 1)
            throw new TensorArgumentException("mvlgamma", $"the dimension {p} is not positive.");
        using var temporaries = TemporaryScope.Open();
        var x = Floating();
        var sum = x.Lgamma() + p * (p - 1) * Math.Log(Math.PI) / 4;
        for (int i = 1; i < p; i++)
            sum = sum + (x - i / 2.0).Lgamma();
        return temporaries.Keep(sum);
    }

    /// <summary>-x log(x); 0 at 0, -infinity below. PyTorch: <c>torch.special.entr</c>.</summary>
    public Tensor Entr()
    {
        using var temporaries = TemporaryScope.Open();
        var x = Floating();
        var inner = -x.Xlogy(x);
        return temporaries.Keep(Where(x.Lt(0), Full([], double.NegativeInfinity, x.DType, x.Device), inner));
    }

    /// <summary>As <see cref="Functional.Wide"/>; integers and bools become floating point first.</summary>
    private Tensor FloatingWide(Func<Tensor, Tensor> function)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Functional.Wide(Floating(), function));
    }
}
