namespace Nabla;

/// <summary>Limits of gradients, between backward and the step. PyTorch: <c>torch.nn.utils</c>.</summary>
public static class ClipGradients
{
    private const double AgainstZero = 1e-6; // PyTorch's, so that a quotient by the norm exists

    /// <summary>
    /// Scales all gradients down alike, so that the norm of all of them together is at most <paramref name="maxNorm"/>. PyTorch:
    /// <c>clip_grad_norm_</c>.
    /// </summary>
    /// <param name="parameters">Leaves; those without a gradient are left out.</param>
    /// <param name="maxNorm">The largest norm that stays.</param>
    /// <param name="normType">Which norm: see <see cref="Tensor.Norm(double)"/>.</param>
    /// <param name="errorIfNonfinite">
    /// Whether a norm that is infinite or no number is an error, before any gradient changes; else all gradients become NaN or 0 by it. A device
    /// that queues or records says so later, at the next read.
    /// </param>
    /// <returns>
    /// The norm before, without dimensions, on the first gradient's device, in the type to which all and float32 promote; 0 where there is no
    /// gradient.
    /// </returns>
    /// <exception cref="TensorArgumentException">The limit is negative or no number; or the norm is not finite, which is asked to be an error.</exception>
    public static Tensor Norm(IEnumerable<Tensor> parameters, double maxNorm, double normType = 2, bool errorIfNonfinite = false)
    {
        if (!(maxNorm >= 0))
            throw new TensorArgumentException("clip_grad_norm", $"the limit {maxNorm} is not at least 0.");
        using var mode = Autograd.NoGrad();
        Tensor[] gradients = [.. Gradients(parameters)];
        if (gradients.Length == 0)
            return Tensor.Zeros();
        using var temporaries = TemporaryScope.Open();
        var device = gradients[0].Device;
        var norm = Tensor.Stack([.. gradients.Select(g => g.To(g.DType.Accumulator()).Norm(normType).To(device))]).Norm(normType); // half would overflow
        if (errorIfNonfinite)
            norm = Functional.Checked(norm, norm, n => n.IsFinite(), "clip_grad_norm", $"the norm of order {normType} of all gradients is not finite, so they cannot be scaled by it; look for the first gradient that is not, or pass errorIfNonfinite: false.");
        var factor = (maxNorm / (norm + AgainstZero)).ClampMax(1); // no test on the host: a recording device goes on recording
        foreach (var gradient in gradients)
            gradient.Mul_(factor.To(gradient.Device));
        return temporaries.Keep(norm);
    }

    /// <summary>Limits every element of the gradients to [-clipValue, clipValue]. PyTorch: <c>clip_grad_value_</c>.</summary>
    /// <exception cref="TensorArgumentException">The limit is negative or no number.</exception>
    public static void Value(IEnumerable<Tensor> parameters, double clipValue)
    {
        if (!(clipValue >= 0))
            throw new TensorArgumentException("clip_grad_value", $"the limit {clipValue} is not at least 0.");
        using var mode = Autograd.NoGrad();
        Tensor[] gradients = [.. Gradients(parameters)];
        using var temporaries = TemporaryScope.Open();
        foreach (var gradient in gradients)
        {
            gradient.Copy_(gradient.Clamp(-clipValue, clipValue));
            temporaries.Release();
        }
    }

    // Not what users see of them: their memory is still free at once when they are dropped.
    private static IEnumerable<Tensor> Gradients(IEnumerable<Tensor> parameters) => parameters.Select(p => p.PeekGrad).OfType<Tensor>();
}
