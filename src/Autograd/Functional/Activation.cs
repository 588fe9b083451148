namespace Nabla;

/// <summary>A function of each element that follows a layer: see <see cref="Functional.Linear"/>.</summary>
public enum Activation
{
    /// <summary>The identity.</summary>
    None,

    /// <summary>max(x, 0): <see cref="Functional.Relu"/>.</summary>
    Relu,

    /// <summary>x Phi(x): <see cref="Functional.Gelu"/>.</summary>
    Gelu,

    /// <summary>The approximation of gelu by tanh.</summary>
    GeluTanh,

    /// <summary>x sigmoid(x): <see cref="Functional.Silu"/>.</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,
}

/// <summary>The operations that activations are.</summary>
internal static class Activations
{
    private static readonly GeluOp Gelu = new(Tanh: false), GeluTanh = new(Tanh: true);

    public static Op? Op(this Activation activation) => activation switch
    {
        Activation.None => null,
        Activation.Relu => ReluOp.Instance,
        Activation.Gelu => Gelu,
        Activation.GeluTanh => GeluTanh,
        Activation.Silu => SiluOp.Instance,
        Activation.Tanh => UnaryOp.Tanh,
        Activation.Sigmoid => UnaryOp.Sigmoid,
        _ => throw new TensorArgumentException("linear", $"{activation} is no activation; take one of {string.Join(", ", Enum.GetNames<Activation>())}."),
    };
}
