namespace Nabla;

/// <content>Checks of gradients against finite differences.</content>
public static partial class Autograd
{
    /// <summary>Compares the gradients of a function of one tensor with finite differences: see the other overload.</summary>
    public static GradCheckResult GradCheck(Func<Tensor, Tensor> f, Tensor input, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3) =>
        GradCheck(inputs => [f(inputs[0])], [input], eps, atol, rtol);

    /// <summary>
    /// Compares the gradients of a function with central differences, (f(x + eps) - f(x - eps)) / (2 eps), for every element of every
    /// input that requires a gradient. The inputs are not changed. PyTorch: <c>torch.autograd.gradcheck</c>.
    /// </summary>
    /// <param name="f">The function; the same values for the same inputs.</param>
    /// <param name="inputs">Those that require a gradient are float64: in float32 the differences drown in rounding.</param>
    /// <param name="eps">The step.</param>
    /// <param name="atol">How far the two may differ at all.</param>
    /// <param name="rtol">How far they may differ relative to the difference quotient.</param>
    /// <exception cref="AutogradException">No input requires a gradient.</exception>
    /// <exception cref="DTypeException">An input that does is not float64.</exception>
    public static GradCheckResult GradCheck(Func<Tensor[], Tensor[]> f, Tensor[] inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3)
    {
        CheckInputs(inputs);
        var leaves = Array.ConvertAll(inputs, x => x.Detach().Clone().RequiresGrad_(x.RequiresGrad));
        Tensor[] outputs;
        using (EnableGrad())
            outputs = f(leaves);
        for (int i = 0; i < leaves.Length; i++)
        {
            if (!leaves[i].RequiresGrad)
                continue;
            var numeric = Differences(f, leaves, i, eps);
            for (int o = 0; o < outputs.Length; o++)
                if (outputs[o].DType.IsFloatingPoint() && Compare(outputs[o], o, leaves[i], i, numeric[o], atol, rtol) is { } mismatch)
                    return new(false, mismatch);
        }

        return new(true, null);
    }

    /// <summary>Compares gradients of gradients of a function of one tensor with finite differences: see the other overload.</summary>
    public static GradCheckResult GradGradCheck(Func<Tensor, Tensor> f, Tensor input, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3) =>
        GradGradCheck(inputs => [f(inputs[0])], [input], eps, atol, rtol);

    /// <summary>
    /// Checks the gradients of the backward pass itself: those of the products of fixed pseudo-random vectors with the Jacobian, with respect to
    /// the inputs and the vectors. PyTorch: <c>torch.autograd.gradgradcheck</c>.
    /// </summary>
    public static GradCheckResult GradGradCheck(Func<Tensor[], Tensor[]> f, Tensor[] inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3)
    {
        CheckInputs(inputs);
        Tensor[] sample = f(inputs);
        int[] roots = [.. Enumerable.Range(0, sample.Length).Where(o => sample[o].RequiresGrad)];
        int[] wanted = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].RequiresGrad)];
        var generator = new Generator(seed: 0);
        Tensor[] vectors = [.. roots.Select(o => Tensor.Rand(sample[o].Shape, DType.Float64, sample[o].Device, generator, requiresGrad: true))];
        Tensor[] Products(Tensor[] all)
        {
            Tensor[] own = all[..inputs.Length];
            var outputs = f(own);
            var gradients = Grad(
                [.. roots.Select(o => outputs[o])], [.. wanted.Select(i => own[i])], all[inputs.Length..], createGraph: true, allowUnused: true);
            return [.. gradients.Where(g => g is not null)!];
        }

        return GradCheck(Products, [.. inputs, .. vectors], eps, atol, rtol);
    }

    private static void CheckInputs(Tensor[] inputs)
    {
        if (!Array.Exists(inputs, x => x.RequiresGrad))
            throw new AutogradException("GradCheck", "no input requires a gradient, so there is nothing to check; set RequiresGrad.");
        foreach (var x in inputs)
            if (x.RequiresGrad && x.DType != DType.Float64)
                throw new DTypeException("GradCheck", $"an input is {x.DType.Name()}; finite differences need float64.");
    }

    /// <summary>For each output, the quotients [output element, input element].</summary>
    private static double[][,] Differences(Func<Tensor[], Tensor[]> f, Tensor[] leaves, int input, double eps)
    {
        var values = leaves[input].ToArray<double>();
        double[][,]? quotients = null;
        for (long j = 0; j < values.Length; j++)
        {
            double at = values[j];
            values[j] = at + eps;
            var above = Evaluate(f, leaves, input, values);
            values[j] = at - eps;
            var below = Evaluate(f, leaves, input, values);
            values[j] = at;
            quotients ??= Array.ConvertAll(above, a => new double[a.Length, values.Length]);
            for (int o = 0; o < above.Length; o++)
                for (int i = 0; i < above[o].Length; i++)
                    quotients[o][i, j] = (above[o][i] - below[o][i]) / (2 * eps);
        }

        return quotients ?? Array.ConvertAll(Evaluate(f, leaves, input, values), a => new double[a.Length, 0]);
    }

    /// <summary>The outputs with one input replaced. A function may differentiate inside, so gradients stay on.</summary>
    private static double[][] Evaluate(Func<Tensor[], Tensor[]> f, Tensor[] leaves, int input, double[] values)
    {
        using var mode = EnableGrad();
        var changed = Array.ConvertAll(leaves, x => x.Detach().Clone().RequiresGrad_(x.RequiresGrad));
        changed[input] = Tensor.From<double>(values, leaves[input].Shape, requiresGrad: true, leaves[input].Device);
        return Array.ConvertAll(f(changed), y => y.DType.IsFloatingPoint() ? y.ToArray<double>() : []);
    }

    private static GradMismatch? Compare(Tensor output, int o, Tensor leaf, int i, double[,] numeric, double atol, double rtol)
    {
        var units = Tensor.Eye(output.ElementCount, output.DType, output.Device);
        for (long row = 0; row < output.ElementCount; row++)
        {
            var analytic = GradientOrZero(output, leaf, units.Select(0, row).Reshape(output.Shape), createGraph: false, retainGraph: true).ToArray<double>();
            for (long column = 0; column < analytic.Length; column++)
            {
                double expected = numeric[row, column], error = Math.Abs(analytic[column] - expected);
                if (!(error <= atol + rtol * Math.Abs(expected)))
                    return new(o, row, i, column, analytic[column], expected);
            }
        }

        return null;
    }
}
