namespace Nabla;

/// <summary>A cell of the CPU column: how one kind of operation is computed, for every element type of its domain.</summary>
internal abstract class CpuKernel
{
    /// <summary>Computes the outputs: into their targets, or into new dense tensors.</summary>
    public abstract void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs);
}
