using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Modules: names and shapes of their state, outputs, gradients of inputs and parameters, buffers after the call.</summary>
internal sealed class ModuleFamily : IFamily
{
    /// <summary>Buffers are moments of the input: recorded without tolerances of their own.</summary>
    private static readonly Tolerance ForBuffers32 = new(1e-5, 4e-6), ForBuffers64 = new(1e-7, 1e-9);

    public string? Absent(JsonElement testCase) =>
        ModuleTable.Absent(testCase.GetProperty("module").GetString()!, testCase.GetProperty("constructor"));

    public string? Run(JsonElement testCase, Device device)
    {
        string name = testCase.GetProperty("module").GetString()!;
        var dtype = DTypes.Parse(testCase.GetProperty("dtype").GetString()!);
        using var scope = device.AsDefault();
        var module = ModuleTable.Create(name, testCase.GetProperty("constructor"), dtype, device);
        module.Train(testCase.GetProperty("training").GetBoolean());
        if ((State.Load(module.NamedParameters(), testCase.GetProperty("parameters"), device)
            ?? State.Load(module.NamedBuffers(), testCase.GetProperty("buffers"), device)) is { } wrong)
            return wrong;

        Tensor[] inputs = [.. TensorData.ReadAll(testCase, "inputs").Select(data => data!.Create(device))];
        var args = new Args(ForwardArguments(testCase), device, keepsInput: true, position => inputs[position.Value.GetInt32()]);
        Tensor[] outputs = [];
        for (int call = 0; call < testCase.GetProperty("calls").GetInt32(); call++)
            outputs = ModuleTable.Forward(name, module, args);
        return OperationFamily.CompareOutputs(testCase, outputs)
            ?? CompareGradients(testCase, module, inputs, outputs, device)
            ?? State.Difference(module.NamedBuffers(), testCase.GetProperty("buffers_after"), _ => dtype == DType.Float64 ? ForBuffers64 : ForBuffers32);
    }

    private static IEnumerable<(string, JsonElement)> ForwardArguments(JsonElement testCase)
    {
        int position = 0;
        foreach (var argument in testCase.GetProperty("forward_args").EnumerateArray())
            yield return ($"{position++}", argument);
        foreach (var argument in testCase.GetProperty("forward_kwargs").EnumerateObject())
            yield return (argument.Name, argument.Value);
    }

    private static string? CompareGradients(JsonElement testCase, Module module, Tensor[] inputs, Tensor[] outputs, Device device)
    {
        if (!testCase.TryGetProperty("cotangents", out var list) || list.ValueKind != JsonValueKind.Array)
            return null;
        KeyValuePair<string, Tensor>[] parameters = [.. module.NamedParameters()];
        Tensor?[] cotangents = [.. TensorData.ReadAll(testCase, "cotangents").Select(c => c?.Create(device))];
        var gradients = Call.Gradients(outputs, cotangents, [.. inputs, .. parameters.Select(p => p.Value)], createGraph: false);

        var expected = TensorData.ReadAll(testCase, "grads_inputs");
        for (int i = 0; i < expected.Length; i++)
            if (Comparison.GradientDifference($"gradient of input {i}", gradients[i], expected[i], Tolerance.Of(testCase, "grads_inputs", i)) is { } difference)
                return difference;
        var recorded = testCase.GetProperty("grads_parameters");
        for (int i = 0; i < parameters.Length; i++)
        {
            string name = parameters[i].Key;
            if (recorded.TryGetProperty(name, out var gradient)
                && Comparison.GradientDifference($"gradient of {name}", gradients[inputs.Length + i], TensorData.Read(gradient), Tolerance.Of(testCase, "grads_parameters", name)) is { } difference)
                return difference;
        }

        return null;
    }
}
