using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Short sequences of steps, and backward passes from all results at once.</summary>
internal sealed class ProgramFamily : IFamily
{
    public string? Absent(JsonElement testCase)
    {
        string[] missing = [.. testCase.GetProperty("steps").EnumerateArray().Select(OpOf).Where(op => !OperationTable.Instance.TryGet(op, out _)).Distinct()];
        return missing.Length == 0 ? null : string.Join(" + ", missing);
    }

    public string? Run(JsonElement testCase, Device device)
    {
        if (!testCase.TryGetProperty("expect", out _))
            return RunProgram(testCase, device);
        try
        {
            RunProgram(testCase, device);
            return "the program is accepted; expected an error";
        }
        catch (NablaException)
        {
            return null;
        }
    }

    private static string? RunProgram(JsonElement testCase, Device device)
    {
        var values = new Dictionary<string, Tensor>();
        foreach (var input in testCase.GetProperty("inputs").EnumerateObject())
            values[input.Name] = new TensorData(input.Value).Create(device);
        Tensor[] constants = [.. TensorData.ReadAll(testCase, "constants").Select(data => data!.Create(device))];
        Tensor[] inputs = [.. values.Values];
        string[] names = [.. values.Keys];

        using var scope = device.AsDefault();
        foreach (var step in testCase.GetProperty("steps").EnumerateArray())
            Execute(step, values, constants, device);
        Tensor[] results = [.. testCase.GetProperty("result").EnumerateArray().Select(name => values[name.GetString()!])];
        if (testCase.TryGetProperty("outputs", out _) && OperationFamily.CompareOutputs(testCase, results) is { } difference)
            return difference;
        if (!testCase.TryGetProperty("cotangents", out _))
        {
            // The backward pass is the last place where an error can come.
            Autograd.Backward(results, [.. results.Select(result => Tensor.OnesLike(result))]);
            return null;
        }

        Backward(testCase, results, inputs, device);
        return CompareGradients(testCase, names, inputs);
    }

    private static void Execute(JsonElement step, Dictionary<string, Tensor> values, Tensor[] constants, Device device)
    {
        if (!OperationTable.Instance.TryGet(OpOf(step), out var operation))
            throw new InvalidOperationException($"'{OpOf(step)}' is not in the table.");
        var args = new Args(step.GetProperty("args"), device, keepsInput: false, item => item.Name == "var" ? values[item.Value.GetString()!] : constants[item.Value.GetInt32()]);
        bool recorded = !(step.TryGetProperty("no_grad", out var flag) && flag.GetBoolean());
        using var mode = Autograd.GradMode(recorded);
        var outputs = operation(args);
        if (step.TryGetProperty("out", out var names) && names.ValueKind == JsonValueKind.Array)
            for (int i = 0; i < names.GetArrayLength(); i++)
                values[names[i].GetString()!] = outputs[i];
    }

    private static void Backward(JsonElement testCase, Tensor[] results, Tensor[] inputs, Device device)
    {
        Tensor?[] cotangents = [.. TensorData.ReadAll(testCase, "cotangents").Select(c => c?.Create(device))];
        int passes = testCase.TryGetProperty("passes", out var count) ? count.GetInt32() : 1;
        bool zeroBetween = testCase.TryGetProperty("zero_between", out var flag) && flag.GetBoolean();
        for (int pass = 0; pass < passes; pass++)
        {
            if (pass > 0 && zeroBetween)
                foreach (var input in inputs)
                    if (input.Grad is not null)
                        input.Grad = null;
            Autograd.Backward(results, cotangents, retainGraph: pass + 1 < passes);
        }
    }

    private static string? CompareGradients(JsonElement testCase, string[] names, Tensor[] inputs)
    {
        var expected = testCase.GetProperty("grads");
        for (int i = 0; i < names.Length; i++)
            if (expected.TryGetProperty(names[i], out var recorded)
                && Comparison.GradientDifference($"gradient of {names[i]}", inputs[i].Grad, TensorData.Read(recorded), Tolerance.Of(testCase, "grads", names[i])) is { } difference)
                return difference;
        return null;
    }

    private static string OpOf(JsonElement step) => step.GetProperty("op").GetString()!;
}
