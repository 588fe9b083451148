using Nabla.Tests.Fused;
using Nabla.Tests.Reference;
using Nabla.Tests.Samples;
using Nabla.Tests.Suite;

namespace Nabla.Tests;

/// <summary>The oracle against itself: layouts, targets, errors and transfers are still real checks.</summary>
public sealed class ReferenceConformance : ConformanceSuite
{
    protected override string Id => "reference";

    protected override void Add(NablaBuilder builder) => builder.AddReference();
}

/// <summary>The SIMD device; test.sh runs this class once more for each instruction set (see <see cref="IsaTests"/>).</summary>
public sealed class CpuConformance : ConformanceSuite
{
    protected override string Id => "cpu";

    protected override void Add(NablaBuilder builder) => builder.AddCpu();
}

/// <summary>An OpenCL device: the first, PoCL on machines without a GPU, or the one in NABLA_OPENCL_DEVICE. No driver is a failure.</summary>
public sealed class OpenClConformance : ConformanceSuite
{
    protected override string Id => TestDevices.Named("NABLA_OPENCL_DEVICE") ?? "opencl:0";

    protected override void Add(NablaBuilder builder) => builder.AddOpenCl();
}

/// <summary>
/// ONNX Runtime, which records, and runs what it recorded when a value is read: with its CPU provider, or with the one in
/// NABLA_ONNX_DEVICE, such as <c>onnx:cuda:0</c>.
/// </summary>
public sealed class OnnxConformance : ConformanceSuite
{
    protected override string Id => TestDevices.Named("NABLA_ONNX_DEVICE") ?? "onnx:cpu";

    protected override void Add(NablaBuilder builder) => builder.AddOnnx();
}

/// <summary>A device that claims every composite.</summary>
public sealed class FusedConformance : ConformanceSuite
{
    protected override string Id => "fused";

    protected override void Add(NablaBuilder builder) => builder.AddBackend<FusedBackend>();

    /// <summary>This device claims composites, and then computes their parts.</summary>
    protected override bool RunsInParts(CompositeOp op, TensorSpec[] inputs) => true;

    [Fact]
    public void Claims_EveryComposite_ReachTheDevice()
    {
        var device = (FusedDevice)Device;
        int before = device.Claimed;
        using var bench = new Bench(device);
        bench.Run(new SoftmaxOp(0), [bench.Upload(SampleData.Of(DType.Float32, [2], 1, 2))]);
        Assert.True(device.Claimed > before);
    }
}
