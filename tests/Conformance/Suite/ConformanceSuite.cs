using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>
/// What every device must do, written once; a device joins with a class of a few lines. One device alone:
/// <c>dotnet run --project tests/Conformance -- --filter-class Nabla.Tests.CpuConformance</c>.
/// </summary>
public abstract partial class ConformanceSuite
{
    private static readonly IDevice Oracle = TestDevices.Fresh("reference", builder => builder.AddReference());

    /// <summary>The device's name.</summary>
    protected abstract string Id { get; }

    /// <summary>Adds the device's backend to a host.</summary>
    protected abstract void Add(NablaBuilder builder);

    private protected IDevice Device => TestDevices.Get(Id, Add);

    /// <summary>What the oracle makes of a call.</summary>
    private static Values[] Expect(Op op, Values[] inputs, Scalar[] scalars)
    {
        using var bench = new Bench(Oracle);
        return [.. bench.Run(op, [.. inputs.Select(bench.Upload)], scalars).Select(bench.Download)];
    }

    [Theory]
    [MemberData(nameof(CompletenessTests.Kinds), MemberType = typeof(CompletenessTests))]
    public void Missing_EveryKindAndType_IsOfferedOrSaysWhyNotAndWhatInstead(string kind)
    {
        var samples = SampleTable.All.Where(s => s.Kind.Name == kind).ToList();
        var op = samples[0].Op(samples[0].DTypes[0]);
        if (op is not PrimitiveOp)
            return; // views never reach a device, composites can be decomposed
        Assert.Contains(samples.SelectMany(s => s.DTypes), t => Device.Missing(op.Kind, t) is null); // an empty cell, whatever it says
        foreach (var dtype in DTypes.All)
        {
            if (Device.Missing(op.Kind, dtype) is not { } gap)
                continue;
            Assert.False(string.IsNullOrWhiteSpace(gap.Reason), $"{kind} of {dtype.Name()} has no reason");
            Assert.False(string.IsNullOrWhiteSpace(gap.Remedy), $"{kind} of {dtype.Name()} has no remedy");
        }
    }

    /// <summary>
    /// Whether the device can be asked at all. Where its table has a gap, the call must be refused with the table's words; this checks
    /// that, and the test is over.
    /// </summary>
    private bool Offered(Sample sample, DType dtype)
    {
        var op = sample.Op(dtype);
        var inputs = sample.MakeInputs(dtype);
        var needed = inputs.Select(i => i.DType).Append(dtype).Concat(op is CastOp cast ? [cast.To] : []);
        if (!needed.All(Device.Traits.DTypes.Contains))
        {
            Assert.All(needed.Where(t => !Device.Traits.DTypes.Contains(t)), t => Assert.NotNull(Device.Missing(CopyOp.Row, t)));
            return false;
        }

        using var bench = new Bench(Device);
        if (op is CompositeOp)
        {
            try
            {
                foreach (var output in bench.Run(op, [.. inputs.Select(bench.Upload)], sample.Scalars(dtype)))
                    bench.Download(output);
                return true;
            }
            catch (UnsupportedOpException error)
            {
                // A part of the decomposition is missing: the message must be the table's.
                var part = Assert.Single(OpTable.Kinds, k => k.Name == error.Operation);
                Assert.Contains(DTypes.All, t => Device.Missing(part, t) is { } g && error.Message.Contains(g.Reason, StringComparison.Ordinal));
                return false;
            }
        }

        var asked = inputs.Length > 0 ? inputs[0].DType : dtype;
        if ((Device.Missing(op.Kind, asked) ?? (op is CastOp to ? Device.Missing(op.Kind, to.To) : null)) is not { } gap)
            return true;
        Assert.False(string.IsNullOrWhiteSpace(gap.Reason) || string.IsNullOrWhiteSpace(gap.Remedy), "a gap has a reason and a remedy");
        var refused = Assert.Throws<UnsupportedOpException>(() => bench.Run(op, [.. inputs.Select(bench.Upload)], sample.Scalars(dtype)));
        Assert.Contains(gap.Reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(gap.Remedy, refused.Message, StringComparison.Ordinal);
        return false;
    }
}
