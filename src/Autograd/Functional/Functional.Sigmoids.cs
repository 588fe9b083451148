namespace Nabla;

public static partial class Functional
{
    /// <summary>1 / (1 + e^-x). PyTorch: <c>torch.nn.functional.sigmoid</c>.</summary>
    public static Tensor Sigmoid(Tensor input) => input.Sigmoid();

    /// <summary>The hyperbolic tangent. PyTorch: <c>torch.nn.functional.tanh</c>.</summary>
    public static Tensor Tanh(Tensor input) => input.Tanh();

    /// <summary>log(1 / (1 + e^-x)), without overflow. PyTorch: <c>torch.nn.functional.logsigmoid</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor LogSigmoid(Tensor input)
    {
        RequireFloat(input, "logsigmoid");
        return Tensor.Apply(SoftplusOp.Instance, [input], [-1.0, double.PositiveInfinity]); // log(1 + e^-x) / -1
    }

    /// <summary>
    /// log(1 + e^(beta x)) / beta, and x itself where beta x exceeds the threshold. PyTorch: <c>torch.nn.functional.softplus</c>.
    /// </summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Softplus(Tensor input, double beta = 1, double threshold = 20)
    {
        RequireFloat(input, "softplus");
        return Tensor.Apply(SoftplusOp.Instance, [input], [beta, threshold]);
    }

    /// <summary>x * sigmoid(x). PyTorch: <c>torch.nn.functional.silu</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Silu(Tensor input) => Tensor.Apply(SiluOp.Instance, [input], default);

    /// <summary>x * tanh(softplus(x)). PyTorch: <c>torch.nn.functional.mish</c>.</summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Mish(Tensor input)
    {
        RequireFloat(input, "mish");
        return Wide(input, x => x * Softplus(x, 1, double.PositiveInfinity).Tanh());
    }

    /// <summary>
    /// x * Phi(x), Phi the distribution function of the normal distribution, or its approximation by tanh.
    /// PyTorch: <c>torch.nn.functional.gelu</c>.
    /// </summary>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public static Tensor Gelu(Tensor input, GeluApproximation approximate = GeluApproximation.None) =>
        Tensor.Apply(new GeluOp(approximate == GeluApproximation.Tanh), [input], default);

    /// <summary>
    /// a * sigmoid(b), a and b the halves of a dimension. PyTorch: <c>torch.nn.functional.glu</c>.
    /// </summary>
    /// <exception cref="ShapeException">The dimension has an odd size.</exception>
    public static Tensor Glu(Tensor input, int dim = -1)
    {
        if (input.Dim == 0)
            throw new ShapeException("glu", "a tensor without dimensions has no halves.");
        int axis = input.Shape.Axis(dim, "glu");
        long size = input.Shape[axis];
        if (size % 2 != 0)
            throw new ShapeException("glu", $"dimension {dim} of {input.Shape} has the odd size {size}, so it has no halves.");
        return Wide(input, x => x.Narrow(axis, 0, size / 2) * x.Narrow(axis, size / 2, size / 2).Sigmoid());
    }

    /// <summary>x / (1 + |x|). PyTorch: <c>torch.nn.functional.softsign</c>.</summary>
    public static Tensor Softsign(Tensor input) => Wide(input, x => x / (x.Abs() + 1));

    /// <summary>x - tanh(x). PyTorch: <c>torch.nn.functional.tanhshrink</c>.</summary>
    public static Tensor Tanhshrink(Tensor input) => Wide(input, x => x - x.Tanh());
}

/// <summary>How <see cref="Functional.Gelu"/> is computed.</summary>
public enum GeluApproximation
{
    /// <summary>With the error function.</summary>
    None,

    /// <summary>0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
    Tanh,
}
