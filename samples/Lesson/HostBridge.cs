using System.Numerics.Tensors;

namespace Nabla.Lesson;

/// <summary>Section 3: arrays, System.Numerics.Tensors and .npy files take the place of NumPy.</summary>
internal static class HostBridge
{
    public static void Run(Check check)
    {
        Check.Section("3. The bridge: host memory and tensors");

        // Wrap shares, as torch.from_numpy does.
        int[] array = [1, 2, 3, 4];
        var wrapped = Tensor.Wrap(array);
        Console.WriteLine($"Array:  [{string.Join(", ", array)}]");
        Console.WriteLine($"Tensor: {wrapped}");
        check.Values(wrapped, 1, 2, 3, 4);

        // And back, as numpy() does: a span over the tensor's own memory.
        var tensor = Tensor.Wrap(new[] { 5, 6, 7, 8 });
        Span<int> span = tensor.AsSpan<int>();
        Console.WriteLine($"\nTensor: {tensor}");
        Console.WriteLine($"Span:   [{string.Join(", ", span.ToArray())}]");
        check.That(span.SequenceEqual([5, 6, 7, 8]), "a span shows the tensor's values");

        Console.WriteLine("\n--- Memory sharing ---");
        int[] test = [10, 20, 30];
        var shared = Tensor.Wrap(test);
        Console.WriteLine($"Original array:  [{string.Join(", ", test)}]");
        Console.WriteLine($"Original tensor: {shared}");
        Console.WriteLine("\nModifying the array...");
        test[0] = 99;
        Console.WriteLine($"New array:  [{string.Join(", ", test)}]");
        Console.WriteLine($"New tensor (changed with it): {shared}");
        check.Values(shared, 99, 20, 30);
        shared.Add_(1);
        check.That(test is [100, 21, 31], "a write through the tensor shows in the array");

        // System.Numerics.Tensors sees the same memory.
        TensorSpan<int> view = shared.AsTensorSpan<int>();
        view[[2]] = 0;
        check.That(test is [100, 21, 0], "a write through a TensorSpan shows in the array");

        // .npy files go to and from NumPy.
        using var file = new MemoryStream();
        Npy.Save(file, shared);
        file.Position = 0;
        var loaded = Npy.Load(file);
        Console.WriteLine($"\nThrough a .npy file: {loaded}");
        check.Values(loaded, 100, 21, 0);

        Similarity(check);
    }

    /// <summary>The same words as NumPy's: mean, sum over an axis, the matrix product.</summary>
    private static void Similarity(Check check)
    {
        Check.Section("API similarity");
        double[,] a = { { 0.5, 0.25, 1 }, { 2, 0.125, 3 }, { 4, 5, 0.75 } };
        double[,] b = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        var (x, y) = (Tensor.From(a), Tensor.From(b));

        var mean = x.Mean();
        Console.WriteLine($"Mean: {mean}");
        check.That(Math.Abs(mean.Item<double>() - a.Cast<double>().Average()) < 1e-12, "the mean is that of the array");

        var sum = x.Sum(dim: 0);
        Console.WriteLine($"\nSum (dim 0):\n{sum}");
        check.Values(sum, 6.5, 5.375, 4.75);

        var product = x.MatMul(y);
        Console.WriteLine($"\nMatMul:\n{product}");
        check.Shape(product, 3, 2);
        check.Values(product, 6.25, 8.0, 17.375, 22.5, 22.75, 32.5);
    }
}
