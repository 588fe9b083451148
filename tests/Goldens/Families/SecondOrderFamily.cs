using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Gradients of gradients.</summary>
internal sealed class SecondOrderFamily : IFamily
{
    public string? Absent(JsonElement testCase) => OperationFamily.AbsentOperation(testCase);

    public string? Run(JsonElement testCase, Device device)
    {
        var call = Call.Invoke(testCase, device);
        if (OperationFamily.CompareOutputs(testCase, call.Outputs) is { } difference)
            return difference;
        var gradients = call.Gradients(testCase, createGraph: true);
        return Compare(testCase, "grads", gradients) ?? Compare(testCase, "grads2", Second(testCase, call, gradients, device));
    }

    /// <summary>The gradients of sum(gradient * v): one v for each input that requires gradients.</summary>
    private static Tensor?[] Second(JsonElement testCase, Call call, Tensor?[] gradients, Device device)
    {
        var wanted = Enumerable.Range(0, call.Inputs.Length).Where(i => call.Inputs[i].RequiresGrad).ToArray();
        var v = TensorData.ReadAll(testCase, "cotangents2").Where(c => c is not null).ToArray();
        var pairs = wanted.Zip(v, (input, cotangent) => (Gradient: gradients[input], Cotangent: cotangent)).Where(pair => pair.Gradient is not null).ToArray();
        return Call.Gradients([.. pairs.Select(p => p.Gradient!)], [.. pairs.Select(p => p.Cotangent!.Create(device))], call.Inputs, createGraph: false);
    }

    private static string? Compare(JsonElement testCase, string part, Tensor?[] actual)
    {
        var expected = TensorData.ReadAll(testCase, part);
        for (int i = 0; i < expected.Length; i++)
            if (Comparison.GradientDifference($"{part} {i}", actual[i], expected[i], Tolerance.Of(testCase, part, i)) is { } difference)
                return difference;
        return null;
    }
}
