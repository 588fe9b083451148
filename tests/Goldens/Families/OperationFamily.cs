using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>One operation: its results, their shapes and element types, and gradients by cotangents.</summary>
internal sealed class OperationFamily : IFamily
{
    public string? Absent(JsonElement testCase) => AbsentOperation(testCase);

    public string? Run(JsonElement testCase, Device device)
    {
        var call = Call.Invoke(testCase, device);
        return CompareOutputs(testCase, call.Outputs) ?? CompareGradients(testCase, call);
    }

    public static string? AbsentOperation(JsonElement testCase)
    {
        string op = testCase.GetProperty("op").GetString()!;
        if (!OperationTable.Instance.TryGet(op, out _))
            return op;
        bool byTensors = testCase.GetProperty("args").TryGetProperty("index", out var index) && index.TryGetProperty("index", out var entries)
            && entries.EnumerateArray().Any(entry => entry.TryGetProperty("tensor", out _));
        return byTensors ? $"{op} by tensors" : null;
    }

    /// <summary>Compares the listed outputs.</summary>
    public static string? CompareOutputs(JsonElement testCase, IReadOnlyList<Tensor> outputs)
    {
        var expected = TensorData.ReadAll(testCase, "outputs");
        if (outputs.Count != expected.Length)
            return $"there are {outputs.Count} outputs, expected {expected.Length}";
        for (int i = 0; i < expected.Length; i++)
        {
            string mode = testCase.TryGetProperty("compare", out var modes) ? modes[i].GetString()! : "close";
            string? difference = Comparison.Difference($"output {i}", Values.Of(outputs[i]), expected[i]!.Values(), Tolerance.Of(testCase, "outputs", i), mode);
            if (difference is not null)
                return difference;
        }

        return null;
    }

    private static string? CompareGradients(JsonElement testCase, Call call)
    {
        if (!testCase.TryGetProperty("grads", out _))
            return null;
        var expected = TensorData.ReadAll(testCase, "grads");
        var gradients = call.Gradients(testCase, createGraph: false);
        for (int i = 0; i < expected.Length; i++)
            if (Comparison.GradientDifference($"gradient {i}", gradients[i], expected[i], Tolerance.Of(testCase, "grads", i)) is { } difference)
                return difference;
        return null;
    }
}
