namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>
    /// Runs an operation that replaces tensors without recording: an optimizer's step. Versions count up; the graph stays as it is.
    /// </summary>
    /// <param name="op">The operation.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="scalars">The numbers beside them.</param>
    /// <param name="targets">What receives each output.</param>
    internal static void Overwrite(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<Tensor> targets)
    {
        var device = CommonDevice(op, inputs);
        DataBuffer inputBuffer = default, outputBuffer = default, targetBuffer = default;
        Span<DeviceTensor> data = inputs.Length <= DataBuffer.Length ? inputBuffer[..inputs.Length] : new DeviceTensor[inputs.Length];
        Span<DeviceTensor> outputs = targets.Length <= DataBuffer.Length ? outputBuffer[..targets.Length] : new DeviceTensor[targets.Length];
        Span<DeviceTensor> into = targets.Length <= DataBuffer.Length ? targetBuffer[..targets.Length] : new DeviceTensor[targets.Length];
        for (int i = 0; i < inputs.Length; i++)
            data[i] = inputs[i].Data;
        for (int i = 0; i < targets.Length; i++)
            into[i] = targets[i].Data;
        Dispatch.Execute(device, op, data, scalars, outputs, into!);
        foreach (var target in into)
            target.Storage.BumpVersion();
        foreach (var input in inputs)
            GC.KeepAlive(input);
    }
}
