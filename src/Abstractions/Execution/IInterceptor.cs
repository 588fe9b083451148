namespace Nabla;

/// <summary>Sees what is executed, on any device: a profiler, a validator, the recorder of an export.</summary>
public interface IInterceptor
{
    /// <summary>A call is about to be executed: what it will overwrite is still there.</summary>
    void Executing(in OpCall call)
    {
    }

    /// <summary>A call was executed (or recorded, on a deferred device). Composites that the device claims arrive whole; others as their parts.</summary>
    void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs);

    /// <summary>A view was taken.</summary>
    void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view);

    /// <summary>A value is about to be copied to another device.</summary>
    /// <returns>Null, or what is disposed when the copy is there.</returns>
    IDisposable? Transferring(DeviceTensor source, IDevice to) => null;

    /// <summary>A value was copied to another device.</summary>
    void Transferred(DeviceTensor source, DeviceTensor copy)
    {
    }

    /// <summary>A value is about to be read by the host.</summary>
    /// <returns>Null, or what is disposed when the host has it.</returns>
    IDisposable? HostRead(DeviceTensor source);

    /// <summary>What follows belongs together, under a name.</summary>
    /// <returns>Null, or what is disposed at the end, perhaps on another thread.</returns>
    IDisposable? Range(string name, RangeKind kind) => null;

    /// <summary>Whether composites are decomposed although the device claims them: an export wants the parts.</summary>
    bool DecomposeComposites { get; }
}
