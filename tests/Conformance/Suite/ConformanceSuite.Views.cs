using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    [Theory]
    [MemberData(nameof(SampleCases.Views), MemberType = typeof(SampleCases))]
    public void View_EverySample_ReadsBackRight(string name, DType dtype)
    {
        var sample = SampleTable.Get(name);
        if (!Device.Traits.DTypes.Contains(dtype))
            return;
        var (view, values) = ((ViewOp)sample.Op(dtype), sample.MakeInputs(dtype)[0]);
        view.TryApply(values.Spec, Layout.Contiguous(values.Shape), out var spec, out var layout);
        using var bench = new Bench(Device);
        var tensor = bench.View(bench.Upload(values), view);
        Assert.Equal(spec, tensor.Spec);
        Bench.AssertClose(values.View(spec.Shape, layout), bench.Download(tensor), 0, name);
    }

    [Theory]
    [MemberData(nameof(SampleCases.Views), MemberType = typeof(SampleCases))]
    public void WriteBack_EverySample_EqualsAWriteThroughTheView(string name, DType dtype)
    {
        var sample = SampleTable.Get(name);
        var (view, values) = ((ViewOp)sample.Op(dtype), sample.MakeInputs(dtype)[0]);
        if (!Device.Traits.DTypes.Contains(dtype) || Device.Missing(CopyOp.Row, dtype) is not null || Device.Missing(SliceScatterOp.Row, dtype) is not null)
            return;
        using var bench = new Bench(Device);
        var source = bench.Upload(values);
        var target = bench.View(source, view);
        if (target.Layout.Overlaps(target.Shape) || (view is ExpandOp && target.Shape.ElementCount != source.Shape.ElementCount))
            return; // not writable: Into_ExpandedTarget_IsRefused
        var written = bench.Upload(new SampleData(name + "/written", dtype).Uniform(target.Shape, 0, 1));
        using var ops = new DeviceOps(Device);
        var functional = bench.Download(view.WriteBack(ops, source, written));
        bench.Run(CopyOp.Instance, [written], into: [target]);
        Bench.AssertClose(functional, bench.Download(source), 0, name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void ViewChain_Random_ReadsAndWritesTheSameElementsAsTheReference(int seed)
    {
        var random = new Random(seed);
        var values = new SampleData($"chain {seed}", DType.Float32).Distinct([4, 6, 5]);
        using var bench = new Bench(Device);
        using var oracle = new Bench(Oracle);
        var (bases, tensors) = ((bench.Upload(values), oracle.Upload(values)), (bench.Upload(values), oracle.Upload(values)));
        tensors = bases;
        bool repeats = false;
        for (int step = 0; step < 6; step++)
        {
            var view = RandomView.Next(random, tensors.Item1);
            tensors = (bench.View(tensors.Item1, view), oracle.View(tensors.Item2, view));
            Bench.AssertClose(oracle.Download(tensors.Item2), bench.Download(tensors.Item1), 0, $"after {step + 1} views, the last {view}");
            repeats |= tensors.Item1.Layout.Overlaps(tensors.Item1.Shape);
            if (repeats)
                continue;
            bench.Run(BinaryOp.Add.With(ScalarSide.Right), [tensors.Item1], [100 * (step + 1)], [tensors.Item1]);
            oracle.Run(BinaryOp.Add.With(ScalarSide.Right), [tensors.Item2], [100 * (step + 1)], [tensors.Item2]);
            Bench.AssertClose(oracle.Download(bases.Item2), bench.Download(bases.Item1), 0, $"the base after a write through {step + 1} views");
        }
    }

    [Fact]
    public void WriteThroughOneView_IsSeenThroughAnother()
    {
        using var bench = new Bench(Device);
        var source = bench.Upload(SampleData.Of(DType.Float32, [2, 3], 1, 2, 3, 4, 5, 6));
        var (transposed, column) = (bench.View(source, new PermuteOp([1, 0])), bench.View(source, new SliceOp([0, 1], [2, 1], [1, 1])));
        bench.Run(new FullOp(DType.Float32, [2, 1]), [], [-1], [column]);
        Assert.Equal([1, 4, -1, -1, 3, 6], bench.Download(transposed).Reals);
        bench.Run(UnaryOp.Neg, [transposed], into: [transposed]);
        Assert.Equal([-1, 1, -3, -4, 1, -6], bench.Download(source).Reals);
    }
}
