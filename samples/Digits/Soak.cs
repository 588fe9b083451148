using System.Diagnostics;

namespace Nabla.Digits;

/// <summary>A long training that shows that memory stays flat, without a Dispose: the loss is read every 100 steps.</summary>
internal static class Soak
{
    private const int ReadEvery = 100, ReportEvery = 2000;

    public static void Run(Module model, Optimizer optimizer, DigitsData train, int steps, int batchSize)
    {
        long[] order = [];
        int next = 0;
        for (int step = 1; step <= steps; step++)
        {
            if (next + batchSize > order.Length)
            {
                order = Tensor.RandPerm(train.Count).ToArray<long>();
                next = 0;
            }

            var loss = Training.Step(model, optimizer, train, order.AsSpan(next, batchSize));
            next += batchSize;
            if (step % ReadEvery == 0)
            {
                double value = loss.Item<float>();
                if (step % ReportEvery == 0)
                    Report(step, value, loss.Device);
            }
        }
    }

    private static void Report(int step, double loss, Device device)
    {
        using var process = Process.GetCurrentProcess();
        Training.Say($"step {step,6}: loss {loss:0.000000}, resident {process.WorkingSet64 / 1048576.0:0.0} MB");
        Training.Say($"   {device.Memory.Statistics}");
        if (device.Implementation is OnnxDevice onnx)
            Training.Say($"   {onnx.Statistics}");
    }
}
