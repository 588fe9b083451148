namespace Nabla.Digits;

/// <summary>What the model says of the test images.</summary>
internal static class Evaluation
{
    public static long[] Predict(Module model, DigitsData data)
    {
        using var _ = Autograd.NoGrad();
        model.Eval();
        var scores = model.Forward(Tensor.From<float>(data.Images, [data.Count, DigitsData.Pixels]));
        model.Train();
        return scores.ArgMax(dim: 1).ToArray<long>();
    }

    public static double Accuracy(long[] predictions, DigitsData data) =>
        predictions.Zip(data.Labels).Count(pair => pair.First == pair.Second) / (double)data.Count;
}
