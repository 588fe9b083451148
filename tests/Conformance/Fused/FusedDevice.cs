using Nabla.Tests.Reference;
using Nabla.Tests.Suite;

namespace Nabla.Tests.Fused;

/// <summary>
/// The reference device, but one that claims every composite and computes it in float64 from end to end, rounding once: as a fused
/// kernel does. It keeps the suite's comparison of claimed and decomposed composites honest whatever the real devices claim.
/// </summary>
internal sealed class FusedDevice(DeviceId id) : ReferenceDevice(id)
{
    private readonly ReferenceDevice _inner = new("reference");

    public int Claimed { get; private set; }

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => true;

    public override void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        if (call.Op is not CompositeOp composite)
        {
            base.Execute(call, outputs);
            return;
        }

        Claimed++;
        using var bench = new Bench(_inner);
        var inputs = new DeviceTensor[call.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = bench.Upload(Differentiation.Wide(Values.Load(call.Inputs[i])));
        var results = bench.RunDecomposed(composite, inputs, call.Scalars.ToArray());
        for (int i = 0; i < results.Length; i++)
        {
            var spec = call.OutputSpecs[i];
            outputs[i] = call.Target(i) ?? Allocate(spec);
            var (wide, rounded) = (bench.Download(results[i]), new Values(spec));
            wide.Reals.CopyTo(rounded.Reals, 0);
            wide.Integers.CopyTo(rounded.Integers, 0);
            rounded.Store(outputs[i]);
        }
    }
}

/// <summary>Offers <see cref="FusedDevice"/>.</summary>
internal sealed class FusedBackend : IBackend
{
    public string Name => "fused";

    public IReadOnlyList<DeviceInfo> Discover() => [new("fused", "naive loops that claim composites", "the tests", 0, [])];

    public IDevice Open(DeviceId id) => new FusedDevice(id);
}
