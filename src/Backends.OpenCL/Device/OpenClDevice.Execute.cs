namespace Nabla;

/// <content>Operations.</content>
internal sealed unsafe partial class OpenClDevice
{
    /// <inheritdoc/>
    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    /// <inheritdoc/>
    public Gap? Missing(OpKind kind, DType dtype)
    {
        if (OpTable.Column[kind] is null)
            return new Gap("there is no OpenCL kernel for it", "use the device 'cpu', or decompose it into operations that there are");
        return dtype == DType.Float64 && !Fp64
            ? new Gap($"{_entry.Info.Name} does not compute in float64 (no cl_khr_fp64)", "convert with To(DType.Float32), or use another device such as 'cpu'")
            : null;
    }

    /// <inheritdoc/>
    public void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        RequireOpen(call.Op.Kind.Name);
        var entry = OpTable.Column[call.Op.Kind]
            ?? throw new UnsupportedOpException(call.Op.Kind.Name, $"{Id} does not offer it: there is no OpenCL kernel for it; use the device 'cpu'.");
        // Renting may sweep handles that the caller's last use has passed: the inputs get an owner of their own until they are enqueued.
        foreach (var input in call.Inputs)
            input.Storage.Retain();
        try
        {
            outputs[0] = call.Target(0) is { } target ? Write(entry, call, target) : Create(entry, call);
        }
        catch (DeviceOutOfMemoryException e)
        {
            throw new DeviceOutOfMemoryException(call.Op.Kind.Name, e.Message, e);
        }
        finally
        {
            foreach (var input in call.Inputs)
                input.Storage.Release();
        }
    }

    /// <summary>Starts a run of the kernel for an element type; dispose the result.</summary>
    public Launch Begin(KernelId kernel, DType dtype)
    {
        var built = Kernels[kernel, dtype]; // before the gate is taken: building takes long
        var launch = _launch.Begin(built);
        if (Volatile.Read(ref _disposed) == 0)
            return launch;
        launch.Dispose();
        ThrowDisposed(built.Name);
        return launch;
    }

    private DeviceTensor Create(OpEntry entry, in OpCall call)
    {
        var output = Allocate(call.OutputSpecs[0]);
        try
        {
            if (output.Shape.ElementCount > 0)
                entry.Run(this, call, output);
            return output;
        }
        catch
        {
            output.Storage.Release();
            throw;
        }
    }

    private DeviceTensor Write(OpEntry entry, in OpCall call, DeviceTensor target)
    {
        if (target.Shape.ElementCount == 0)
            return target;
        if (entry.AnyTarget || (target.IsContiguous && target.Layout.Offset == 0 && !SharesStorage(target, call.Inputs)))
        {
            entry.Run(this, call, target);
            return target;
        }

        var result = Create(entry, call);
        try
        {
            Mover.Copy(this, result, target);
            return target;
        }
        finally
        {
            result.Storage.Release();
        }
    }

    private static bool SharesStorage(DeviceTensor target, ReadOnlySpan<DeviceTensor> inputs)
    {
        foreach (var input in inputs)
            if (input.Storage == target.Storage)
                return true;
        return false;
    }
}
