using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Short trainings of a sequence of layers: each loss, the state afterwards, and the output in evaluation mode.</summary>
internal sealed class TrainingFamily : IFamily
{
    public string? Absent(JsonElement testCase)
    {
        foreach (var layer in testCase.GetProperty("layers").EnumerateArray())
            if (ModuleTable.Absent(layer.GetProperty("type").GetString()!, layer.GetProperty("options")) is { } module)
                return module;
        if (!OperationTable.Instance.TryGet(testCase.GetProperty("loss").GetString()!, out _))
            return testCase.GetProperty("loss").GetString();
        return OptimizerTable.Absent(testCase.GetProperty("optimizer").GetString()!, testCase.GetProperty("optimizer_options"));
    }

    public string? Run(JsonElement testCase, Device device)
    {
        using var scope = device.AsDefault();
        var (x, y) = (new TensorData(testCase.GetProperty("X")).Create(device), new TensorData(testCase.GetProperty("Y")).Create(device));
        var model = new Sequential([.. testCase.GetProperty("layers").EnumerateArray().Select(layer =>
            ModuleTable.Create(layer.GetProperty("type").GetString()!, layer.GetProperty("options"), DType.Float64, device))]);
        if (State.Load(model.NamedState(), testCase.GetProperty("state"), device) is { } wrong)
            return wrong;

        var optimizer = OptimizerTable.Create(
            testCase.GetProperty("optimizer").GetString()!, model.Parameters(), new Args(testCase.GetProperty("optimizer_options"), device));
        var losses = Train(testCase, model, optimizer, x, y);

        var tol = testCase.GetProperty("tol");
        var tolerance = new Tolerance(tol.GetProperty("rtol").GetDouble(), tol.GetProperty("atol").GetDouble());
        model.Eval();
        Tensor output;
        using (Autograd.NoGrad())
            output = model.Forward(x);
        return Comparison.Difference("losses", losses, Losses(testCase.GetProperty("losses")), tolerance)
            ?? State.Difference(model.NamedState(), testCase.GetProperty("state_after"), _ => tolerance)
            ?? Comparison.Difference("final output", Values.Of(output), new TensorData(testCase.GetProperty("final_eval_output")).Values(), tolerance);
    }

    private static Values Train(JsonElement testCase, Sequential model, Optimizer optimizer, Tensor x, Tensor y)
    {
        long[][] batches = [.. testCase.GetProperty("batches").EnumerateArray().Select(batch => batch.EnumerateArray().Select(row => row.GetInt64()).ToArray())];
        if (!OperationTable.Instance.TryGet(testCase.GetProperty("loss").GetString()!, out var loss))
            throw new InvalidOperationException("The loss is not in the table.");
        var losses = new List<Values>();
        for (int step = 0; step < testCase.GetProperty("steps").GetInt32(); step++)
        {
            long[] rows = batches[step % batches.Length];
            optimizer.ZeroGrad();
            Tensor[] operands = [model.Forward(Rows(x, rows)), Rows(y, rows)];
            var value = loss(new Args(JsonDocument.Parse("""{"input":{"tensor":0},"target":{"tensor":1}}""").RootElement, x.Device, keepsInput: true, p => operands[p.Value.GetInt32()]))[0];
            value.Backward();
            losses.Add(Values.Of(value));
            optimizer.Step();
        }

        return Values.Stack(losses);
    }

    private static Tensor Rows(Tensor tensor, long[] rows) => Tensor.Stack([.. rows.Select(row => tensor.Select(0, row))]);

    private static Values Losses(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? Values.Stack([.. json.EnumerateArray().Select(v => Values.Of(Tensor.From(v.GetDouble())))]) : new TensorData(json).Values();
}
