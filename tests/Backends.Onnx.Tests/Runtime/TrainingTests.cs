namespace Nabla.Tests.Runtime;

/// <summary>What a step leaves beside the parameters: running statistics, clipped gradients.</summary>
public sealed class TrainingTests
{
    [Theory]
    [InlineData(50, 1)]
    [InlineData(2, 34)] // more losses than are remembered
    public void Training_WithBatchNorm_ComputesNothingTwice(int steps, int passes)
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        double[] expected = Train(steps, passes), actual;
        using (new Device(onnx).AsDefault())
            actual = Train(steps, passes);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-3);
        Assert.Equal(0, onnx.Statistics.RecomputedNodes);
    }

    [Fact]
    public void ClipNorm_OverTwoDevices_IsOneNorm()
    {
        using var onnx = OnnxDevice.Create("onnx:cpu");
        Tensor Parameter(double gradient, Device? device)
        {
            var p = Tensor.Zeros([1], DType.Float64, device, requiresGrad: true);
            p.Grad = Tensor.Full([1], gradient, DType.Float64, device);
            return p;
        }

        var (a, b) = (Parameter(3, new Device(onnx)), Parameter(-4, null));
        var norm = ClipGradients.Norm([a, b], maxNorm: 1);
        Assert.Same(onnx, norm.Device.Implementation);
        Assert.Equal(5, norm.Item<double>(), 1e-12);
        Assert.Equal(0.6, a.Grad!.Item<double>(), 1e-6);
        Assert.Equal(-0.8, b.Grad!.Item<double>(), 1e-6);
    }

    /// <summary>The running statistics of a network after some steps, each over some passes.</summary>
    private static double[] Train(int steps, int passes)
    {
        var generator = new Generator(3);
        var norm = new BatchNorm1d(6);
        var network = new Sequential(new Linear(4, 6, generator: new Generator(1)), norm, new Tanh(), new Linear(6, 2, generator: new Generator(2)));
        var optimizer = new SGD(network.Parameters(), 0.02 / passes);
        for (int step = 0; step < steps; step++)
        {
            optimizer.ZeroGrad();
            for (int pass = 0; pass < passes; pass++)
                network.Forward(Tensor.Rand([16, 4], generator: generator)).Square().Mean().Backward();
            optimizer.Step();
        }

        return [.. norm.RunningMean!.ToArray<double>(), .. norm.RunningVar!.ToArray<double>(), norm.BatchesTracked!.Item<long>()];
    }
}
