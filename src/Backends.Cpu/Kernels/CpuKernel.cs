namespace Nabla;

/// <summary>A cell of the CPU column: how one kind of operation is computed, for every element type of its domain.</summary>
internal abstract class CpuKernel
{
    /// <summary>
    /// Computes the outputs: into their targets, or into new dense tensors, which are in <paramref name="outputs"/> from when they are allocated,
    /// so that the device takes them back when the rest throws.
    /// </summary>
    public abstract void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs);

    /// <summary>The row of an elementwise function of one tensor; null for every other kernel.</summary>
    public virtual Row? RowOf(Op op, DType dtype) => null;

    /// <summary>The target of the only output, or a new dense tensor.</summary>
    protected static DeviceTensor Output(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) =>
        outputs[0] = call.Target(0) ?? device.Allocate(call.OutputSpecs[0]);
}
