using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>One step of training a network of 784-256-128-10 with Adam: forward, loss, backward, update.</summary>
public class TrainingBenchmarks : DeviceBenchmark
{
    private Tensor _images = null!, _labels = null!;
    private Sequential _model = null!;
    private Adam _optimizer = null!;

    [Params(64, 1024)]
    public int Batch { get; set; }

    protected override void Setup()
    {
        Tensor.ManualSeed(1);
        _model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
        _optimizer = new Adam(_model.Parameters());
        (_images, _labels) = (Tensor.Rand(Batch, 784), Tensor.RandInt(0, 10, [Batch]));
        Finish([_images, _labels, .. _model.Parameters()]);
    }

    [Benchmark]
    public void Step()
    {
        _optimizer.ZeroGrad();
        var loss = Functional.CrossEntropy(_model.Forward(_images), _labels);
        loss.Backward();
        _optimizer.Step();
        Finish([loss, .. _model.Parameters()]);
    }
}
