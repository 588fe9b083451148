using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    [Theory]
    [MemberData(nameof(SampleCases.Executed), MemberType = typeof(SampleCases))]
    public void Forward_EverySample_EqualsReference(string name, DType dtype)
    {
        var sample = SampleTable.Get(name);
        if (!Offered(sample, dtype))
            return;
        var inputs = sample.MakeInputs(dtype);
        Check(sample, dtype, inputs, Placement.Contiguous, Placement.Contiguous);
        if (inputs.Length == 0)
            return;
        // Every layout for the sample's first type; the others share its loops, and take one layout in turn.
        var placements = dtype == sample.DTypes[0] ? Placement.Strided : [Placement.Strided[(name.Length + (int)dtype) % Placement.Strided.Length]];
        foreach (var placement in placements)
            Check(sample, dtype, inputs, placement, placement);
        if (dtype == sample.DTypes[0] && inputs.Length > 1)
        {
            Check(sample, dtype, inputs, Placement.Contiguous, Placement.Permuted);
            Check(sample, dtype, inputs, Placement.Expanded, Placement.Contiguous);
        }

        if (!sample.Elementwise)
            return;
        Check(sample, dtype, [.. inputs.Select(Placement.Single)], Placement.Contiguous, Placement.Offset);
        Check(sample, dtype, [.. inputs.Select(Placement.None)], Placement.Contiguous, Placement.Contiguous);
    }

    [Theory]
    [MemberData(nameof(SampleCases.Executed), MemberType = typeof(SampleCases))]
    public void Forward_IntoTargets_WritesThemAndNothingElse(string name, DType dtype)
    {
        var sample = SampleTable.Get(name);
        if (dtype != sample.DTypes[0] && (name.Length + (int)dtype) % 3 != 0) // a third of the other types: the store is shared
            return;
        if (!Offered(sample, dtype))
            return;
        var (op, inputs, scalars) = (sample.Op(dtype), sample.MakeInputs(dtype), sample.Scalars(dtype));
        var expected = Expect(op, inputs, scalars);
        using var bench = new Bench(Device);
        var tensors = inputs.Select(bench.Upload).ToArray();

        var fresh = expected.Select(e => bench.Upload(Placement.Poison(e.DType, e.Shape))).ToArray();
        CheckAll(sample, expected, bench, bench.Run(op, tensors, scalars, fresh), "into dense targets");

        CheckStridedTargets(sample, expected, bench, tensors, scalars, op);

        // In place: the first input of the result's type and shape is also the target.
        int same = Array.FindIndex(inputs, i => i.Spec == expected[0].Spec);
        if (same < 0)
            return;
        var target = new DeviceTensor?[op.OutputCount];
        target[0] = tensors[same];
        CheckAll(sample, expected, bench, bench.Run(op, tensors, scalars, target), $"into input {same}");
        var strided = inputs.Select(i => Placement.Stepped.Place(bench, i)).ToArray();
        target[0] = strided[same];
        CheckAll(sample, expected, bench, bench.Run(op, strided, scalars, target), $"into strided input {same}");
    }

    private static void CheckStridedTargets(Sample sample, Values[] expected, Bench bench, DeviceTensor[] tensors, Scalar[] scalars, Op op)
    {
        var wholes = expected.Select(e => bench.Upload(Placement.Poison(e.DType, [.. e.Shape.Select(s => (2 * s) + 1)]))).ToArray();
        var slices = expected.Select(e => new SliceOp([.. e.Shape.Select(_ => 1L)], ValueArray.Create(e.Shape.AsSpan()), [.. e.Shape.Select(_ => 2L)])).ToArray();
        var targets = wholes.Zip(slices, bench.View).ToArray();
        CheckAll(sample, expected, bench, bench.Run(op, tensors, scalars, targets), "into strided targets");
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].Count == 0)
                continue;
            var whole = bench.Download(wholes[i]);
            var untouched = Placement.Poison(whole.DType, whole.Shape);
            Placement.Put(whole, slices[i], bench.Download(bench.View(bench.Upload(untouched), slices[i])));
            Bench.AssertClose(untouched, whole, 0, $"{sample.Name}: around the strided target {i}");
        }
    }

    [Theory]
    [MemberData(nameof(SampleCases.Composites), MemberType = typeof(SampleCases))]
    public void Composite_ClaimedAndDecomposed_AreEqualInEveryOutput(string name, DType dtype)
    {
        var sample = SampleTable.Get(name);
        if (!Offered(sample, dtype))
            return;
        var (op, scalars) = ((CompositeOp)sample.Op(dtype), sample.Scalars(dtype));
        foreach (var placement in new[] { Placement.Contiguous, Placement.Permuted })
        {
            using var bench = new Bench(Device);
            var tensors = sample.MakeInputs(dtype).Select(v => placement.Place(bench, v)).ToArray();
            var decomposed = bench.RunDecomposed(op, tensors, scalars).Select(bench.Download).ToArray();
            CheckAll(sample, decomposed, bench, bench.Run(op, tensors, scalars), $"against the decomposition, {placement.Name}");
        }
    }

    private void Check(Sample sample, DType dtype, Values[] inputs, Placement first, Placement others)
    {
        var (op, scalars) = (sample.Op(dtype), sample.Scalars(dtype));
        var logical = inputs.Select((v, i) => (i == 0 ? first : others).Logical(v)).ToArray();
        var expected = Expect(op, logical, scalars);
        using var bench = new Bench(Device);
        var tensors = inputs.Select((v, i) => (i == 0 ? first : others).Place(bench, v)).ToArray();
        CheckAll(sample, expected, bench, bench.Run(op, tensors, scalars), $"{first.Name}, {others.Name}");
        for (int i = 0; i < tensors.Length; i++)
            Bench.AssertClose(logical[i], bench.Download(tensors[i]), 0, $"{sample.Name}: input {i} after the call ({first.Name})");
    }

    private static void CheckAll(Sample sample, Values[] expected, Bench bench, DeviceTensor[] outputs, string how)
    {
        for (int i = 0; i < expected.Length; i++)
            Bench.AssertClose(expected[i], bench.Download(outputs[i]), sample.Slack, $"{sample.Name}: output {i} ({how})");
    }
}
