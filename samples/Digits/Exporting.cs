using Microsoft.ML.OnnxRuntime;

namespace Nabla.Digits;

/// <summary>The trained model as an ONNX file, checked over the whole test set in ONNX Runtime.</summary>
internal static class Exporting
{
    private const string Input = "images", Output = "scores";

    /// <summary>One file serves every batch size.</summary>
    private static readonly int[] BatchSizes = [1, 64, 500];

    public static void Run(Module model, DigitsData test, long[] predictions, string path)
    {
        model.Eval();
        var exported = OnnxExporter.Trace(
            model, example: Tensor.From<float>(test.Images.AsSpan(0, DigitsData.Pixels), [1, DigitsData.Pixels]), dynamic: ["batch"],
            new OnnxExportOptions
            {
                Name = "digits",
                Description = "Scores of the ten digits for 8x8 images with values from 0 to 1.",
                InputNames = [Input],
                OutputNames = [Output],
            });
        model.Train();
        exported.Save(path);
        Training.Say($"onnx model: {path}: {exported}");

        using var session = new InferenceSession(path);
        double agreement = BatchSizes.Min(size => Agreement(session, test, predictions, size));
        Training.Say($"onnx agreement {agreement:0.0000}");
    }

    /// <summary>The part of the test set on which ONNX Runtime says what the engine says.</summary>
    private static double Agreement(InferenceSession session, DigitsData test, long[] predictions, int batchSize)
    {
        int agreed = 0;
        for (int start = 0; start < test.Count; start += batchSize)
        {
            int count = Math.Min(batchSize, test.Count - start);
            var pixels = test.Images.AsMemory(start * DigitsData.Pixels, count * DigitsData.Pixels);
            using var images = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, [count, DigitsData.Pixels]);
            using var options = new RunOptions();
            using var outputs = session.Run(options, [Input], [images], [Output]);
            var scores = outputs[0].GetTensorDataAsSpan<float>();
            for (int i = 0; i < count; i++)
                if (Largest(scores.Slice(i * DigitsData.Classes, DigitsData.Classes)) == predictions[start + i])
                    agreed++;
        }

        return agreed / (double)test.Count;
    }

    private static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best])
                best = i;
        return best;
    }
}
