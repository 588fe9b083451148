namespace Nabla.Lesson;

/// <summary>Holds each documented result against what was computed.</summary>
internal sealed class Check
{
    /// <summary>How many results were as documented.</summary>
    public int Passed { get; private set; }

    public static void Section(string title)
    {
        Console.WriteLine();
        Console.WriteLine($"--- {title} ---");
    }

    public void That(bool holds, string what)
    {
        if (!holds)
            throw new LessonException($"The lesson is not as documented: {what}.");
        Passed++;
    }

    /// <summary>The values are these, exactly.</summary>
    public void Values<T>(Tensor tensor, params T[] expected) where T : unmanaged =>
        That(tensor.ToArray<T>().AsSpan().SequenceEqual(expected), $"[{string.Join(", ", expected)}] was expected of {tensor}");

    public void Shape(Tensor tensor, params long[] expected) =>
        That(tensor.Shape.AsSpan().SequenceEqual(expected), $"the shape [{string.Join(", ", expected)}] was expected, not {tensor.Shape}");

    /// <summary>It prints as documented; beside the CPU, with the device's name.</summary>
    public void Text(Tensor tensor, string expected)
    {
        if (tensor.Device.Id.Text != "cpu")
            expected = $"{expected[..^1]}, device='{tensor.Device}')";
        That(tensor.ToString() == expected, $"'{expected}' was expected, not '{tensor}'");
    }
}

internal sealed class LessonException(string message) : Exception(message);
