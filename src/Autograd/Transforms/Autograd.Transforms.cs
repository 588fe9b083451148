namespace Nabla;

/// <content>Functions to functions: values with gradients, products with Jacobians.</content>
public static partial class Autograd
{
    /// <summary>
    /// Of a function to one number, the function that gives the number and its gradient: <c>var (value, gradient) = ValueAndGrad(f)(x)</c>.
    /// Where x requires a gradient itself, value and gradient can be differentiated further; else they are plain values. The
    /// gradient of a function that does not use x is zero. Nothing is accumulated. PyTorch: <c>torch.func.grad_and_value</c>.
    /// </summary>
    public static Func<Tensor, (Tensor Value, Tensor Gradient)> ValueAndGrad(Func<Tensor, Tensor> f) => x =>
    {
        var (value, gradients) = Differentiate(inputs => f(inputs[0]), [x]);
        return (value, gradients[0]);
    };

    /// <summary>As <see cref="ValueAndGrad"/> for a function of several tensors, with a gradient for each.</summary>
    public static Func<Tensor[], (Tensor Value, Tensor[] Gradients)> ValueAndGrads(Func<Tensor[], Tensor> f) => inputs => Differentiate(f, inputs);

    /// <summary>
    /// The product of a vector with the Jacobian of f: the value of f, and the gradient of sum(v * f(x)). Where x or v requires a
    /// gradient, the product can be differentiated. PyTorch: <c>torch.autograd.functional.vjp</c>.
    /// </summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">Of the shape of f(x); may be left out for one element, and is 1 then.</param>
    public static (Tensor Value, Tensor Product) Vjp(Func<Tensor, Tensor> f, Tensor x, Tensor? v = null)
    {
        bool deeper = IsDeeper(x) || (v is not null && IsDeeper(v));
        using var mode = EnableGrad();
        var input = Variable(x);
        var value = f(input);
        return (Final(value, deeper), GradientOrZero(value, input, v, deeper, retainGraph: deeper));
    }

    /// <summary>
    /// The product of the Jacobian of f with a vector: the value of f, and the change of f along v. Two backward passes: the product of
    /// a vector u with the Jacobian is linear in u, and its gradient in u is wanted. PyTorch: <c>torch.autograd.functional.jvp</c>.
    /// </summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">The direction; of the shape of x.</param>
    public static (Tensor Value, Tensor Product) Jvp(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        if (v.Shape != x.Shape)
            throw new AutogradException("Jvp", $"the direction {v.Shape} does not have the shape of the input, {x.Shape}.");
        bool deeper = IsDeeper(x) || IsDeeper(v);
        using var mode = EnableGrad();
        var input = Variable(x);
        var value = f(input);
        var dummy = Tensor.ZerosLike(value).RequiresGrad_();
        var linear = GradientOrZero(value, input, dummy, createGraph: true, retainGraph: true);
        var product = GradientOrZero(linear, dummy, v, deeper, retainGraph: deeper);
        return (Final(value, deeper), product);
    }

    private static (Tensor Value, Tensor[] Gradients) Differentiate(Func<Tensor[], Tensor> f, Tensor[] inputs)
    {
        bool deeper = Array.Exists(inputs, IsDeeper);
        using var mode = EnableGrad();
        var variables = Array.ConvertAll(inputs, Variable);
        var value = f(variables);
        if (value.ElementCount != 1)
            throw new AutogradException("ValueAndGrad", $"the function gives {value.Shape}, not one number; reduce it, or use Jacobian.");
        if (!value.RequiresGrad)
            return (value, Array.ConvertAll(inputs, x => Tensor.ZerosLike(x)));
        var gradients = Grad([value], variables, default, retainGraph: deeper, createGraph: deeper, allowUnused: true);
        var result = new Tensor[inputs.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = gradients[i] ?? Tensor.ZerosLike(inputs[i]);
        return (Final(value, deeper), result);
    }

    /// <summary>Whether somebody further out differentiates: results must stay in the graph.</summary>
    private static bool IsDeeper(Tensor x) => x.RequiresGrad && (Ambient.Current?.GradMode ?? true);

    /// <summary>
    /// The input as a place of its own in the graph, so that its gradient is this function's alone: a view of what is differentiated
    /// further out, else a new leaf.
    /// </summary>
    private static Tensor Variable(Tensor x)
    {
        if (!x.DType.IsFloatingPoint())
            throw new AutogradException("Grad", $"gradients exist for floating point alone, not for {x.DType.Name()}; convert with To(DType.Float32).");
        return x.RequiresGrad ? x.Apply(new ReshapeOp(x.Shape)) : x.Detach().RequiresGrad_();
    }

    private static Tensor Final(Tensor value, bool deeper) => deeper ? value : value.Detach();

    private static Tensor GradientOrZero(Tensor output, Tensor input, Tensor? gradient, bool createGraph, bool retainGraph)
    {
        if (!output.RequiresGrad)
            return Tensor.ZerosLike(input);
        return Grad([output], [input], [gradient], retainGraph, createGraph, allowUnused: true)[0] ?? Tensor.ZerosLike(input);
    }
}
