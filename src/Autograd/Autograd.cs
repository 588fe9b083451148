namespace Nabla;

/// <summary>Functions over the graph: gradient modes, gradients without accumulation, checks. PyTorch: <c>torch.autograd</c>.</summary>
public static partial class Autograd
{
    private static readonly Ambient Off = Ambient.Default with { GradMode = false };

    /// <summary>Until the result is disposed, nothing is recorded. PyTorch: <c>torch.no_grad</c>.</summary>
    public static AmbientScope NoGrad() => GradMode(false);

    /// <summary>Until the result is disposed, operations are recorded. PyTorch: <c>torch.enable_grad</c>.</summary>
    public static AmbientScope EnableGrad() => GradMode(true);

    /// <summary>Switches recording. PyTorch: <c>torch.set_grad_enabled</c>.</summary>
    public static AmbientScope GradMode(bool enabled)
    {
        var now = Ambient.Current;
        if ((now ?? Ambient.Default).GradMode == enabled)
            return Ambient.Push(now);
        return Ambient.Push(now is null ? Off : now with { GradMode = enabled });
    }

    /// <summary>
    /// Computes the gradients of the leaves that some outputs were computed from, summed over the outputs, and adds them to their
    /// <c>Grad</c>. PyTorch: <c>torch.autograd.backward</c>.
    /// </summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="gradients">The gradients of the outputs; may be left out where they have one element each.</param>
    /// <param name="retainGraph">Whether saved tensors are kept. Default: the value of <paramref name="createGraph"/>.</param>
    /// <param name="createGraph">Whether the backward itself is recorded.</param>
    public static void Backward(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients = default, bool? retainGraph = null, bool createGraph = false)
    {
        var given = gradients.IsEmpty ? new Tensor?[outputs.Length] : gradients;
        if (given.Length != outputs.Length)
            throw new AutogradException("Backward", $"{outputs.Length} outputs need as many gradients, not {given.Length}.");
        BackwardEngine.Run(outputs, given, retainGraph ?? createGraph, createGraph, captures: null);
    }

    /// <summary>
    /// The gradients of some outputs with respect to some inputs, summed over the outputs; leaves' <c>Grad</c> stays as it is.
    /// PyTorch: <c>torch.autograd.grad</c>.
    /// </summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">With respect to what: leaves or results.</param>
    /// <param name="gradOutputs">The gradients of the outputs; may be left out where they have one element each.</param>
    /// <param name="retainGraph">Whether saved tensors are kept. Default: the value of <paramref name="createGraph"/>.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="allowUnused">Whether an input that the outputs do not depend on gives null instead of an error.</param>
    /// <returns>One gradient for each input; an input that is there twice gets two handles of the same memory.</returns>
    /// <exception cref="AutogradException">An input requires no gradient, or is not used and <paramref name="allowUnused"/> is false.</exception>
    public static Tensor?[] Grad(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> gradOutputs = default, bool? retainGraph = null, bool createGraph = false, bool allowUnused = false)
    {
        var edges = new Edge[inputs.Length];
        var captures = new Dictionary<Edge, Tensor?>();
        for (int i = 0; i < inputs.Length; i++)
        {
            edges[i] = inputs[i].GradEdge;
            if (!edges[i].Exists)
                throw new AutogradException("Grad", $"input {i} does not require a gradient; set its RequiresGrad before computing with it.");
            captures[edges[i]] = null;
        }

        var gradients = gradOutputs.IsEmpty ? new Tensor?[outputs.Length] : gradOutputs;
        if (gradients.Length != outputs.Length)
            throw new AutogradException("Grad", $"{outputs.Length} outputs need as many gradients, not {gradients.Length}.");
        BackwardEngine.Run(outputs, gradients, retainGraph ?? createGraph, createGraph, captures);
        var result = new Tensor?[inputs.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Array.IndexOf(edges, edges[i], 0, i) < 0 ? captures[edges[i]] : captures[edges[i]]?.Another();
            if (result[i] is null && !allowUnused)
                throw new AutogradException("Grad", $"the outputs do not depend on input {i}; pass allowUnused: true to get null for it.");
        }

        return result;
    }

    /// <summary>The gradient of one output with respect to one input: see the other overload.</summary>
    public static Tensor Grad(Tensor output, Tensor input, Tensor? gradOutput = null, bool? retainGraph = null, bool createGraph = false) =>
        Grad([output], [input], [gradOutput], retainGraph, createGraph)[0]!;
}
