namespace Nabla.Lesson;

/// <summary>Sections 1 and 2: what a tensor is, and how to make one.</summary>
internal static class Creation
{
    public static void Run(Check check)
    {
        Check.Section("2. What is a tensor?");

        // The element type of the array is that of the tensor.
        var fromArray = Tensor.From(new[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Console.WriteLine($"Tensor from an array:\n{fromArray}");
        Console.WriteLine($"Shape: {fromArray.Shape}");
        Console.WriteLine($"Data type: {fromArray.DType.Name()}");
        check.Shape(fromArray, 2, 3);
        check.That(fromArray.DType == DType.Int32, "an int[,] gives int32");
        check.Values(fromArray, 1, 2, 3, 4, 5, 6);

        var zeros = Tensor.Zeros(2, 3);
        Console.WriteLine($"\nZeros tensor:\n{zeros}");
        check.Shape(zeros, 2, 3);
        check.Values(zeros, 0f, 0f, 0f, 0f, 0f, 0f);

        var ones = Tensor.Ones([3, 2], DType.Float32);
        Console.WriteLine($"\nOnes tensor (float32):\n{ones}");
        check.That(ones.DType == DType.Float32, "ones are float32");
        check.Values(ones, 1f, 1f, 1f, 1f, 1f, 1f);

        var random = Tensor.Rand(2, 2);
        Console.WriteLine($"\nRandom tensor:\n{random}");
        check.Shape(random, 2, 2);
        check.That(random.ToArray<float>().All(v => v is >= 0 and < 1), "uniform numbers lie in [0, 1)");

        var range = Tensor.Arange(0, 10, 2);
        Console.WriteLine($"\nRange tensor: {range}");
        check.That(range.DType == DType.Int64, "a range of integers is int64");
        check.Values(range, 0L, 2L, 4L, 6L, 8L);
    }
}
