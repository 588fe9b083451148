using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    [Theory]
    [MemberData(nameof(SampleCases.Errors), MemberType = typeof(SampleCases))]
    public void Error_BadCall_ThrowsWhatItShouldAndLeavesTheDeviceUsable(string name)
    {
        var sample = ErrorSample.All.Single(s => s.Name == name);
        var inputs = sample.Inputs();
        if (inputs.Length > 0 && sample.Op is not CompositeOp && sample.ByValue && Device.Missing(sample.Op.Kind, inputs[0].DType) is not null)
            return; // refused for another reason, which the forward tests check
        using (var bench = new Bench(Device))
        {
            var tensors = inputs.Select(bench.Upload).ToArray();
            var error = Assert.ThrowsAny<NablaException>(() => Provoke(sample, bench, tensors));
            Assert.IsType(sample.Error, error);
            Assert.Contains(sample.Says, error.Message, StringComparison.Ordinal);
            // Cross-entropy names its targets itself where it runs in one piece, and the gathering of them where it runs in parts.
            bool inParts = sample is { Op: CompositeOp composite, ByValue: true } && RunsInParts(composite, [.. tensors.Select(t => t.Spec)]);
            Assert.StartsWith(inParts ? "gather" : sample.Op.Kind.Name, error.Message, StringComparison.Ordinal);
        }

        using var after = new Bench(Device);
        var x = after.Upload(SampleData.Of(DType.Float32, [3], 1, 2, 3));
        Assert.Equal([2, 4, 6], after.Download(after.Run(BinaryOp.Add, [x, x])[0]).Reals);
    }

    /// <summary>Whether a composite reaches the device as its parts.</summary>
    protected virtual bool RunsInParts(CompositeOp op, TensorSpec[] inputs) => !Device.Claims(op, inputs);

    [Fact]
    public void Into_TargetOfAnotherShape_IsRefused()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [3], 1, 2, 3));
        var error = Assert.Throws<ShapeException>(() => bench.Run(UnaryOp.Neg, [x], into: [bench.Upload(SampleData.Of(DType.Float32, [2], 1, 2))]));
        Assert.Contains("float32[2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Into_ExpandedTarget_IsRefused()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [3], 1, 2, 3));
        var target = bench.View(bench.Upload(SampleData.Of(DType.Float32, [1], 9)), new ExpandOp([3]));
        Assert.Throws<MemoryAccessException>(() => bench.Run(UnaryOp.Neg, [x], into: [target]));
        Assert.Equal([9, 9, 9], bench.Download(target).Reals);
    }

    [Fact]
    public void Into_TargetThatOverlapsAnInputInPart_IsRefused()
    {
        using var bench = new Bench(Device);
        var whole = bench.Upload(SampleData.Of(DType.Float32, [4], 1, 2, 3, 4));
        var (head, tail) = (bench.View(whole, new SliceOp([0], [3], [1])), bench.View(whole, new SliceOp([1], [3], [1])));
        Assert.Throws<MemoryAccessException>(() => bench.Run(UnaryOp.Neg, [head], into: [tail]));
        Assert.Equal([1, 2, 3, 4], bench.Download(whole).Reals);
    }

    [Fact]
    public void Allocate_BeyondTheLimit_ThrowsOutOfMemoryWithFigures()
    {
        using var device = TestDevices.Fresh(Id, Add);
        if (device.Memory.Limit > 1L << 44)
            return; // no limit that four tensors of the largest size would reach
        var owned = new List<DeviceTensor>();
        var error = Assert.Throws<DeviceOutOfMemoryException>(() =>
        {
            for (long bytes = 0; bytes <= device.Memory.Limit + (1L << 33); bytes += 1L << 33)
                owned.Add(device.Allocate(new(DType.Float64, [1 << 30])));
        });
        Assert.Contains("bytes", error.Message, StringComparison.Ordinal);
        foreach (var tensor in owned)
            tensor.Storage.Release();
    }

    private static void Provoke(ErrorSample sample, Bench bench, DeviceTensor[] tensors)
    {
        if (sample.Op is ViewOp view)
        {
            Dispatch.View(view, tensors[0]);
            return;
        }

        var outputs = bench.Run(sample.Op, tensors, sample.Scalars);
        Assert.True(sample.ByValue, "a bad call that shapes or types show is refused at once");
        Assert.True(bench.Device.Traits.Queued || bench.Device.Traits.Deferred, "a device that works at once reports at once");
        foreach (var output in outputs)
            bench.Download(output);
    }
}
