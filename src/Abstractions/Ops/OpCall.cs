namespace Nabla;

/// <summary>One call of an operation, as a device sees it. Nothing of it may be kept after the call returns, except the tensors.</summary>
public readonly ref struct OpCall
{
    /// <summary>Creates a call.</summary>
    public OpCall(Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<TensorSpec> specs, ReadOnlySpan<DeviceTensor?> into = default)
    {
        Op = op;
        Inputs = inputs;
        Scalars = scalars;
        OutputSpecs = specs;
        Into = into;
    }

    /// <summary>The operation.</summary>
    public Op Op { get; }

    /// <summary>The tensors it reads; any layout.</summary>
    public ReadOnlySpan<DeviceTensor> Inputs { get; }

    /// <summary>The numbers beside them.</summary>
    public ReadOnlySpan<Scalar> Scalars { get; }

    /// <summary>What <see cref="Op.Infer"/> said of the outputs.</summary>
    public ReadOnlySpan<TensorSpec> OutputSpecs { get; }

    /// <summary>
    /// Empty, or a slot per output: where not null, the result is written there (any layout without overlap), and that tensor is the
    /// output. Its elements are either the very elements of an input (same storage and layout) or none of any input's.
    /// </summary>
    public ReadOnlySpan<DeviceTensor?> Into { get; }

    /// <summary>The tensor that receives an output, or null when the device allocates it.</summary>
    public DeviceTensor? Target(int output) => Into.IsEmpty ? null : Into[output];
}
