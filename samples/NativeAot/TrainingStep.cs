using System.Diagnostics;

namespace Nabla.NativeAot;

/// <summary>A small network that learns which quarter of the square a point is in.</summary>
internal static class TrainingStep
{
    /// <summary>Milliseconds of a step (the median), and the last loss.</summary>
    public static (double Milliseconds, float Loss) Measure(int steps)
    {
        Tensor.ManualSeed(1);
        var model = new Sequential(new Linear(2, 128), new ReLU(), new Linear(128, 128), new ReLU(), new Linear(128, 4));
        var optimizer = new Adam(model.Parameters(), lr: 1e-2);
        var times = new double[steps];
        float loss = 0;
        for (int step = 0; step < steps; step++)
        {
            var points = Tensor.Rand(64, 2) - 0.5;
            var quarters = (points.Gt(0).To(DType.Int64) * Tensor.From(new long[] { 1, 2 })).Sum(1);
            long start = Stopwatch.GetTimestamp();
            optimizer.ZeroGrad();
            var error = Functional.CrossEntropy(model.Forward(points), quarters);
            error.Backward();
            optimizer.Step();
            loss = error.Item<float>();
            times[step] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[steps / 2], loss);
    }
}
