namespace Nabla.Lesson;

/// <summary>Section 5: the perceptron, for one input and for a batch.</summary>
internal static class Perceptron
{
    public static void Run(Check check)
    {
        Check.Section("5. The simple perceptron: y = W x + b");
        var x = Tensor.Rand(784);
        var w = Tensor.Rand(10, 784);
        var b = Tensor.Rand(10);
        var y = w.MatMul(x) + b;
        Console.WriteLine($"Shape of W: {w.Shape}");
        Console.WriteLine($"Shape of x: {x.Shape}");
        Console.WriteLine($"Shape of b: {b.Shape}");
        Console.WriteLine($"Shape of output y: {y.Shape}");
        check.Shape(y, 10);

        Check.Section("Batch processing: Y = X W^T + b");
        var batch = Tensor.Rand(64, 784);
        var scores = batch.MatMul(w.T) + b;
        Console.WriteLine($"Shape of X: {batch.Shape}");
        Console.WriteLine($"Shape of W.T: {w.T.Shape}");
        Console.WriteLine($"Shape of b: {b.Shape}");
        Console.WriteLine($"\nShape of output Y: {scores.Shape}");
        Console.WriteLine("This is a batch of 64 output vectors, each with 10 scores.");
        check.Shape(scores, 64, 10);

        // Row by row the batch is the perceptron.
        var row = w.MatMul(batch.Select(0, 3)) + b;
        var difference = (scores.Select(0, 3) - row).Abs().Max().Item<float>();
        check.That(difference < 1e-3f, $"a row of the batch is the perceptron of that row (they differ by {difference})");

        // The dimensions of W and X do not align: the error says so, and what to do.
        try
        {
            w.MatMul(batch);
            check.That(false, "W @ X is refused");
        }
        catch (ShapeException e)
        {
            Console.WriteLine($"\nW @ X is refused: {e.Message}");
            check.That(e.Message.Contains("[10, 784] @ [64, 784]", StringComparison.Ordinal), "the error names both shapes");
        }
    }
}
