namespace Nabla;

/// <summary>
/// A dense output for kernels that write in row-major order, whatever the target's layout: the target itself, a new tensor, or, where
/// the target is strided, an input, or of another type than the kernel writes, a temporary that <see cref="Finish"/> copies.
/// </summary>
internal readonly unsafe ref struct DenseOutput
{
    private readonly CpuDevice _device;
    private readonly DeviceTensor? _target;
    private readonly TensorSpec _spec;
    private readonly ref DeviceTensor _output;

    /// <param name="device">Where.</param>
    /// <param name="call">The call.</param>
    /// <param name="outputs">The call's outputs. What is written is among them until <see cref="Finish"/>, too: it is released if the kernel throws.</param>
    /// <param name="index">Which output.</param>
    /// <param name="mayAlias">The kernel reads each element before it writes it there, so that the target may be an input.</param>
    /// <param name="widen">The kernel writes float32 in place of half types, which <see cref="Finish"/> rounds.</param>
    public DenseOutput(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs, int index = 0, bool mayAlias = false, bool widen = false)
    {
        _device = device;
        _output = ref outputs[index];
        _spec = call.OutputSpecs[index];
        var target = call.Target(index);
        var dtype = widen ? _spec.DType.Accumulator() : _spec.DType;
        if (target is not null && dtype == _spec.DType && target.IsContiguous && (mayAlias || !IsInput(target, call.Inputs)))
        {
            Tensor = _output = target;
            return;
        }

        _target = target;
        Tensor = _output = device.Allocate(_spec with { DType = dtype });
    }

    /// <summary>Where the kernel writes: dense.</summary>
    public DeviceTensor Tensor { get; }

    public byte* Pointer => Operand.Host(Tensor);

    /// <summary>Brings the values to the target, if they are not there yet.</summary>
    public void Finish()
    {
        bool rounds = Tensor.DType != _spec.DType;
        if (_target is null && !rounds)
            return;
        var result = _target ?? _device.Allocate(_spec);
        if (rounds)
            Copies.Convert(_device.Workers, result, Tensor);
        else
            Copies.Run(_device.Workers, result, Tensor);
        _output = result;
        Tensor.Storage.Release();
    }

    private static bool IsInput(DeviceTensor target, ReadOnlySpan<DeviceTensor> inputs)
    {
        foreach (var input in inputs)
            if (ReferenceEquals(input.Storage, target.Storage))
                return true;
        return false;
    }
}
