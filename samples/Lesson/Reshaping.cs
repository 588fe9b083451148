namespace Nabla.Lesson;

/// <summary>Section 4: flattening.</summary>
internal static class Reshaping
{
    public static void Run(Check check)
    {
        Check.Section("4. Reshaping: flattening");
        var images = Tensor.Rand(10, 28, 28);
        Console.WriteLine($"Original shape: {images.Shape}");
        check.Shape(images, 10, 28, 28);

        var all = images.Flatten();
        Console.WriteLine($"\nTotally flat shape: {all.Shape}");
        check.Shape(all, 7840);

        var each = images.Flatten(startDim: 1);
        Console.WriteLine($"\nFlattened per batch item (startDim: 1): {each.Shape}");
        check.Shape(each, 10, 784);

        var view = images.View(10, -1);
        Console.WriteLine($"Flattened with View(10, -1): {view.Shape}");
        check.Shape(view, 10, 784);

        // Both are views: they share the memory of the images, so a write shows in all three.
        images.Zero_();
        check.That(each.Sum().Item<float>() == 0 && view.Sum().Item<float>() == 0, "views share memory");
    }
}
