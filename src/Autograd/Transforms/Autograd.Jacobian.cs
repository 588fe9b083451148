namespace Nabla;

/// <content>Whole matrices of derivatives.</content>
public static partial class Autograd
{
    /// <summary>
    /// Of a function, the function that gives all its derivatives: J[i.., j..] = d f(x)[i..] / d x[j..], so that the shape is that of
    /// f(x) followed by that of x. One backward pass for each element of f(x). Where x requires a gradient, J can be
    /// differentiated. PyTorch: <c>torch.func.jacrev</c>.
    /// </summary>
    public static Func<Tensor, Tensor> Jacobian(Func<Tensor, Tensor> f) => x => Rows(f, x, IsDeeper(x));

    /// <summary>
    /// Of a function to one number, the function that gives its second derivatives: H[i.., j..] = d^2 f / d x[i..] d x[j..].
    /// PyTorch: <c>torch.func.hessian</c>.
    /// </summary>
    /// <exception cref="AutogradException">The function gives more than one number.</exception>
    public static Func<Tensor, Tensor> Hessian(Func<Tensor, Tensor> f) => Jacobian(x => ValueAndGrad(f)(x).Gradient);

    private static Tensor Rows(Func<Tensor, Tensor> f, Tensor x, bool deeper)
    {
        using var mode = EnableGrad();
        var input = Variable(x);
        var output = f(input);
        long[] shape = [.. output.Shape, .. x.Shape];
        if (!output.RequiresGrad || output.ElementCount == 0)
            return Tensor.Zeros(shape, x.DType, x.Device);
        var rows = new Tensor[output.ElementCount];
        var units = Tensor.Eye(output.ElementCount, output.DType, output.Device);
        for (int i = 0; i < rows.Length; i++)
        {
            var unit = units.Select(0, i).Reshape(output.Shape);
            rows[i] = GradientOrZero(output, input, unit, deeper, retainGraph: deeper || i + 1 < rows.Length);
        }

        return Tensor.Stack(rows).Reshape(shape);
    }
}
