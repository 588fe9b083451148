using System.Collections.Concurrent;
using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    private static readonly ConcurrentDictionary<(string, DType), Lazy<(Values?[] First, Values?[] Second)>> Numeric = new();

    [Theory]
    [MemberData(nameof(SampleCases.Smooth), MemberType = typeof(SampleCases))]
    public void Gradient_SmoothSample_EqualsFiniteDifferences(string name)
    {
        var (sample, dtype) = (SampleTable.Get(name), GradientType(SampleTable.Get(name)));
        var differentiation = new Differentiation(sample, dtype, Oracle);
        AssertGradients(Differences(sample, dtype).First, differentiation.First(Device), dtype, $"{name}: gradient in {dtype.Name()}");
    }

    [Theory]
    [MemberData(nameof(SampleCases.Smooth), MemberType = typeof(SampleCases))]
    public void SecondGradient_SmoothSample_EqualsFiniteDifferences(string name)
    {
        var (sample, dtype) = (SampleTable.Get(name), GradientType(SampleTable.Get(name)));
        var differentiation = new Differentiation(sample, dtype, Oracle);
        AssertGradients(Differences(sample, dtype).Second, differentiation.Second(Device), dtype, $"{name}: second gradient in {dtype.Name()}");
    }

    [Theory]
    [MemberData(nameof(SampleCases.SmoothComposites), MemberType = typeof(SampleCases))]
    public void Composite_ClaimedAndDecomposed_HaveTheSameGradientsAndNodes(string name)
    {
        var (sample, dtype) = (SampleTable.Get(name), GradientType(SampleTable.Get(name)));
        var differentiation = new Differentiation(sample, dtype, Oracle);
        List<string> claimedNodes = [], decomposedNodes = [];
        var (first, second) = (differentiation.First(Device), differentiation.Second(Device, claimedNodes));
        using (Ambient.Push(Ambient.Default with { Interceptor = new Unclaimed() }))
        {
            AssertGradients(differentiation.First(Device), first, dtype, $"{name}: gradient, claimed against decomposed");
            AssertGradients(differentiation.Second(Device, decomposedNodes), second, dtype, $"{name}: second gradient, claimed against decomposed");
        }

        Assert.NotEmpty(claimedNodes);
        Assert.Equal(decomposedNodes, claimedNodes);
    }

    /// <summary>Float64 where the device can, else float32 with a wider tolerance.</summary>
    private DType GradientType(Sample sample) =>
        Device.Traits.DTypes.Contains(DType.Float64) && (sample.Op(DType.Float64) is ViewOp || Offered(sample, DType.Float64)) ? DType.Float64 : DType.Float32;

    private static (Values?[] First, Values?[] Second) Differences(Sample sample, DType dtype) => Numeric.GetOrAdd((sample.Name, dtype), _ => new(() =>
    {
        var differentiation = new Differentiation(sample, dtype, Oracle);
        return (differentiation.Numeric(Oracle), differentiation.NumericSecond(Oracle));
    })).Value;

    private static void AssertGradients(Values?[] expected, Values?[] actual, DType dtype, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i] is null, actual[i] is null);
            if (expected[i] is { } e)
                Bench.AssertClose(Differentiation.Wide(e), Differentiation.Wide(actual[i]!), dtype == DType.Float64 ? 1e7 : 2e9, $"{what} of input {i}");
        }
    }

    /// <summary>Makes every composite run as its parts, whatever the device claims.</summary>
    private sealed class Unclaimed : IInterceptor
    {
        public bool DecomposeComposites => true;

        public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
        {
        }

        public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
        {
        }

        public IDisposable? HostRead(DeviceTensor source) => null;
    }
}
