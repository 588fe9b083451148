namespace Nabla;

/// <summary>A value of a trace: an example input, a captured tensor, or the result of a node.</summary>
internal sealed class TraceValue
{
    public required TensorSpec Spec { get; init; }

    /// <summary>What computes it; null for inputs and captured tensors.</summary>
    public TraceNode? Node { get; init; }

    /// <summary>Which of the node's outputs it is.</summary>
    public int Output { get; init; }

    /// <summary>Which of the inputs it is; -1 for none.</summary>
    public int Input { get; init; } = -1;

    /// <summary>The tensor from outside that it is; null for none.</summary>
    public CapturedTensor? Captured { get; set; }

    /// <summary>Whether it is the same at every run: it depends on no input and no random number.</summary>
    public bool IsFixed { get; init; }
}

/// <summary>One executed operation or replayed view.</summary>
internal sealed class TraceNode(Op op, TraceValue[] inputs, Scalar[] scalars, CallSite site)
{
    public Op Op { get; } = op;

    public TraceValue[] Inputs { get; } = inputs;

    public Scalar[] Scalars { get; } = scalars;

    public CallSite Site { get; } = site;

    public TraceValue[] Outputs { get; set; } = [];

    public override string ToString() => $"{Op.Kind.Name} at {Site}";
}

/// <summary>A tensor that the function uses but was not given: a constant of the model, or, where it is written, state.</summary>
internal sealed class CapturedTensor(DeviceTensor tensor)
{
    /// <summary>The whole storage as a dense tensor.</summary>
    public DeviceTensor Tensor { get; } = tensor;

    /// <summary>The first use.</summary>
    public required CallSite Site { get; init; }

    public required TraceValue Value { get; init; }

    /// <summary>What it holds, when it was only read.</summary>
    public HostCopy? Data { get; set; }

    /// <summary>What it held before the first write; null when it was only read.</summary>
    public HostCopy? Before { get; set; }

    /// <summary>What it held when the function returned; null when it was only read.</summary>
    public HostCopy? After { get; set; }

    /// <summary>The storage's value when the function returned.</summary>
    public TraceValue? Final { get; set; }

    public bool IsWritten => Before is not null;
}
