namespace Nabla;

/// <summary>What surrounds a tensor that is padded. PyTorch: <c>mode</c> of <c>torch.nn.functional.pad</c>.</summary>
public enum PadMode
{
    /// <summary>One value.</summary>
    Constant,

    /// <summary>The elements mirrored at the edge, which itself is not repeated.</summary>
    Reflect,

    /// <summary>The edge repeated.</summary>
    Replicate,

    /// <summary>The elements from the other end.</summary>
    Circular,
}
