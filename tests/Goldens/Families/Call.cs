using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>A recorded call, made anew.</summary>
internal sealed record Call(Tensor[] Inputs, Tensor[] Outputs)
{
    /// <summary>Creates the inputs and calls the operation; only the listed outputs are kept.</summary>
    public static Call Invoke(JsonElement testCase, Device device)
    {
        string op = testCase.GetProperty("op").GetString()!;
        if (!OperationTable.Instance.TryGet(op, out var operation))
            throw new InvalidOperationException($"'{op}' is not in the table.");
        Tensor[] inputs = [.. TensorData.ReadAll(testCase, "inputs").Select(data => data!.Create(device))];
        var args = new Args(testCase.GetProperty("args"), device, keepsInput: true, position => inputs[position.Value.GetInt32()]);
        using var scope = device.AsDefault();
        var outputs = operation(args);
        if (testCase.TryGetProperty("output_indices", out var indices))
            outputs = [.. indices.EnumerateArray().Select(index => outputs[index.GetInt32()])];
        return new(inputs, outputs);
    }

    /// <summary>The gradients of sum(output * cotangent) with respect to the inputs; null where there is none.</summary>
    public Tensor?[] Gradients(JsonElement testCase, bool createGraph)
    {
        var cotangents = TensorData.ReadAll(testCase, "cotangents");
        return Gradients(Outputs, [.. cotangents.Select(c => c?.Create(Outputs[0].Device))], Inputs, createGraph);
    }

    /// <summary>The gradients of sum(output * cotangent) with respect to tensors; null where there is none.</summary>
    public static Tensor?[] Gradients(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor?> cotangents, IReadOnlyList<Tensor> inputs, bool createGraph)
    {
        var roots = Enumerable.Range(0, outputs.Count).Where(i => i < cotangents.Count && cotangents[i] is not null && outputs[i].RequiresGrad).ToArray();
        var leaves = Enumerable.Range(0, inputs.Count).Where(i => inputs[i].RequiresGrad).ToArray();
        var result = new Tensor?[inputs.Count];
        if (roots.Length == 0 || leaves.Length == 0)
            return result;
        var gradients = Autograd.Grad(
            [.. roots.Select(i => outputs[i])], [.. leaves.Select(i => inputs[i])], [.. roots.Select(i => cotangents[i])],
            retainGraph: createGraph, createGraph: createGraph, allowUnused: true);
        for (int i = 0; i < leaves.Length; i++)
            result[leaves[i]] = gradients[i];
        return result;
    }
}
