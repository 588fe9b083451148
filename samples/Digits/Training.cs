using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Nabla.Digits;

/// <summary>The training itself: a network of three layers, Adam, cross-entropy.</summary>
internal static class Training
{
    private const int BatchSize = 64;
    private const double LearningRate = 2e-3;

    public static async Task RunAsync(TrainingOptions options, CancellationToken cancel)
    {
        var (train, test) = await DigitsData.LoadAsync(options.Data, cancel);
        using var services = new ServiceCollection()
            .AddNabla(o => o.Device = options.Device).AddCpu().AddOpenCl().AddOnnx()
            .Services.BuildServiceProvider();
        var device = services.GetRequiredService<Device>();
        using var scope = device.AsDefault();

        // The same numbers on every device: first weights, batches, dropout.
        Tensor.ManualSeed(options.Seed);
        var model = new Sequential(
            new Dropout(0.1), new Linear(DigitsData.Pixels, 256), new GELU(),
            new Dropout(0.4), new Linear(256, 128), new GELU(),
            new Dropout(0.3), new Linear(128, DigitsData.Classes));
        var optimizer = new Adam(model.Parameters(), lr: LearningRate);
        Say($"{train.Count} training and {test.Count} test images; {model.Parameters().Sum(p => p.ElementCount)} parameters on {device}");

        var losses = new List<double>();
        var watch = Stopwatch.StartNew();
        if (options.Steps is { } steps)
            Soak.Run(model, optimizer, train, steps, BatchSize);
        else
            Epochs(options, model, optimizer, train, test, losses);
        Say($"trained in {watch.Elapsed.TotalSeconds:0.0} s");
        if (device.Implementation is OnnxDevice onnx)
            Say($"   {onnx.Statistics}");

        var predictions = Evaluation.Predict(model, test);
        Say($"test accuracy {Evaluation.Accuracy(predictions, test):0.0000}");
        if (options.Plot is { } plot && losses.Count > 0)
        {
            await File.WriteAllTextAsync(plot, LossPlot.Draw(losses, $"Digits: training loss on {device}"), cancel);
            Say($"loss curve: {plot}");
        }

        if (options.Export is { } export)
            Exporting.Run(model, test, predictions, export);
    }

    /// <summary>One step; the loss as a tensor, so that reading it is the caller's decision.</summary>
    public static Tensor Step(Module model, Optimizer optimizer, DigitsData data, ReadOnlySpan<long> rows)
    {
        var (images, labels) = data.Rows(rows);
        optimizer.ZeroGrad();
        var scores = model.Forward(Tensor.From<float>(images, [labels.Length, DigitsData.Pixels]));
        var loss = Functional.CrossEntropy(scores, Tensor.From(labels));
        loss.Backward();
        optimizer.Step();
        return loss;
    }

    private static void Epochs(TrainingOptions options, Module model, Optimizer optimizer, DigitsData train, DigitsData test, List<double> losses)
    {
        int batches = (train.Count + BatchSize - 1) / BatchSize;
        AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var bar = progress.AddTask("training", maxValue: (double)options.Epochs * batches);
            for (int epoch = 1; epoch <= options.Epochs; epoch++)
            {
                var order = Tensor.RandPerm(train.Count).ToArray<long>();
                double sum = 0;
                for (int b = 0; b < batches; b++)
                {
                    var rows = order.AsSpan(b * BatchSize, Math.Min(BatchSize, train.Count - (b * BatchSize)));
                    double loss = Step(model, optimizer, train, rows).Item<float>();
                    losses.Add(loss);
                    sum += loss * rows.Length;
                    bar.Increment(1);
                }

                double accuracy = Evaluation.Accuracy(Evaluation.Predict(model, test), test);
                Say($"epoch {epoch,3}: loss {sum / train.Count:0.000000}, test accuracy {accuracy:0.0000}");
            }
        });
    }

    public static void Say(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
