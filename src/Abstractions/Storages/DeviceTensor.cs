namespace Nabla;

/// <summary>A view into a storage: what a device computes on. Immutable; below autograd.</summary>
public sealed class DeviceTensor
{
    /// <summary>Creates a tensor over a storage.</summary>
    /// <param name="spec">Element type and shape.</param>
    /// <param name="layout">Where the elements lie.</param>
    /// <param name="storage">What holds them. The counts of <see cref="Storage.Retain"/> are the caller's affair.</param>
    /// <param name="view">How this was derived from another tensor over the same storage; null for one that shows a whole storage.</param>
    public DeviceTensor(in TensorSpec spec, in Layout layout, Storage storage, ViewChain? view = null)
    {
        Spec = spec;
        Layout = layout;
        Storage = storage;
        View = view;
    }

    /// <summary>Element type and shape.</summary>
    public TensorSpec Spec { get; }

    /// <summary>Where the elements lie in the storage.</summary>
    public Layout Layout { get; }

    /// <summary>What holds the elements.</summary>
    public Storage Storage { get; }

    /// <summary>How this was derived from another tensor over the same storage, or null.</summary>
    public ViewChain? View { get; }

    /// <summary>The element type.</summary>
    public DType DType => Spec.DType;

    /// <summary>The sizes.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>The device that executes operations on this.</summary>
    public IDevice Device => Storage.Device;

    /// <summary>Whether the elements follow each other in row-major order.</summary>
    public bool IsContiguous => Layout.IsContiguous(Shape);

    /// <summary>A dense tensor over the start of a storage.</summary>
    public static DeviceTensor Dense(in TensorSpec spec, Storage storage) => new(spec, Layout.Contiguous(spec.Shape), storage);
}

/// <summary>One step from a tensor to a view of it.</summary>
/// <param name="Source">The tensor that is viewed: over the same storage.</param>
/// <param name="Op">The way it is viewed.</param>
public sealed record ViewChain(DeviceTensor Source, ViewOp Op);
