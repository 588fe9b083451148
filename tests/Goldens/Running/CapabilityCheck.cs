using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>
/// Decides before a case runs whether a device offers what it asks for: the case is run on the CPU while its primitives are written
/// down, and each is looked up in the device's capability table.
/// </summary>
internal sealed class CapabilityCheck(Device reference, Device device)
{
    /// <summary>Why the device does not offer a case; null when it does.</summary>
    public string? Missing(IFamily family, JsonElement testCase)
    {
        var asked = new Recorder();
        using (Ambient.Push((Ambient.Current ?? Ambient.Default) with { Interceptor = asked }))
        {
            try
            {
                family.Run(testCase, reference);
            }
            catch (Exception)
            {
                // What failed on the CPU fails again on the device, where it is reported.
            }
        }

        foreach (var dtype in asked.DTypes)
            if (!device.Implementation.Traits.DTypes.Contains(dtype))
                return $"{device.Id} does not store {dtype.Name()}";
        foreach (var (kind, dtype) in asked.Calls)
            if (device.Implementation.Missing(kind, dtype) is { } gap)
                return $"{kind} of {dtype.Name()}: {gap.Reason}; {gap.Remedy}";
        return null;
    }

    /// <summary>Writes down the primitives and the element types they work on.</summary>
    private sealed class Recorder : IInterceptor
    {
        public HashSet<(OpKind Kind, DType DType)> Calls { get; } = [];

        public HashSet<DType> DTypes { get; } = [];

        public bool DecomposeComposites => true;

        public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
        {
            Calls.Add((call.Op.Kind, call.Inputs.IsEmpty ? outputs[0].DType : call.Inputs[0].DType));
            if (call.Op is CastOp cast)
                Calls.Add((call.Op.Kind, cast.To));
            foreach (var input in call.Inputs)
                DTypes.Add(input.DType);
            foreach (var output in outputs)
                DTypes.Add(output.DType);
        }

        public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view) => DTypes.Add(view.DType);

        public IDisposable? HostRead(DeviceTensor source)
        {
            DTypes.Add(source.DType);
            return null;
        }
    }
}
