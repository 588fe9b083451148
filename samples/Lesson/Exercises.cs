namespace Nabla.Lesson;

/// <summary>Section 7: the four exercises.</summary>
internal static class Exercises
{
    public static void Run(Check check)
    {
        Check.Section("Exercise 1");
        int[] array = [10, 20, 30];
        var shared = Tensor.Wrap(array);
        array[0] = 100;
        Console.WriteLine($"The tensor also changed: {shared}");
        check.Values(shared, 100, 20, 30);

        Check.Section("Exercise 2");
        var random = Tensor.RandInt(0, 10, [4, 5]);
        Console.WriteLine($"Random 4x5 tensor:\n{random}");
        check.Shape(random, 4, 5);
        check.That(random.ToArray<long>().All(v => v is >= 0 and < 10), "the integers lie between 0 and 9");

        Check.Section("Exercise 3");
        var flat = random.Flatten();
        Console.WriteLine($"Total flatten shape: {flat.Shape}");
        check.Shape(flat, 20);
        check.That(flat.ToArray<long>().AsSpan().SequenceEqual(random.ToArray<long>()), "flattening keeps values and order");

        Check.Section("Exercise 4");
        var x = Tensor.From(2f, requiresGrad: true);
        var y = 5 * x.Pow(3) + 2 * x;
        y.Backward();
        Console.WriteLine($"The gradient at x=2 is: {x.Grad}");
        check.Values(x.Grad!, 62f);
    }
}
