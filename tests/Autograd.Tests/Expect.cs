namespace Nabla.Tests;

/// <summary>Assertions about tensors.</summary>
internal static class Expect
{
    public static void Values(Tensor? actual, params double[] expected)
    {
        Assert.NotNull(actual);
        var values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - expected[i]) <= 1e-6 * Math.Max(1, Math.Abs(expected[i])) || values[i].Equals(expected[i]), $"element {i} is {values[i]}, expected {expected[i]}");
    }

    public static void Shape(Tensor actual, params long[] expected) => Assert.Equal(expected, actual.Shape.ToArray());

    /// <summary>The error's message names what the caller needs to know.</summary>
    public static T Throws<T>(Action action, params string[] words) where T : NablaException
    {
        var error = Assert.Throws<T>(action);
        foreach (string word in words)
            Assert.Contains(word, error.Message, StringComparison.OrdinalIgnoreCase);
        return error;
    }

    public static Tensor Leaf(params double[] values) => Tensor.From(values, requiresGrad: true);
}
