using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Two parameters under one loss, mean((X W + b - Y)^2) + 0.1 sum(cos W): each loss, gradient and step is compared.</summary>
internal sealed class OptimizerFamily : IFamily
{
    private static readonly string[] ParameterNames = ["W", "b"];

    public string? Absent(JsonElement testCase)
    {
        string name = testCase.GetProperty("optimizer").GetString()!;
        return OptimizerTable.Absent(name, [testCase.GetProperty("options"), .. Groups(testCase).Select(g => g.GetProperty("options"))]);
    }

    public string? Run(JsonElement testCase, Device device)
    {
        Tensor Create(string name) => new TensorData(testCase.GetProperty(name)).Create(device);
        using var scope = device.AsDefault();
        var (x, y) = (Create("X"), Create("Y"));
        Tensor[] parameters = [Create("W0").RequiresGrad_(), Create("b0").RequiresGrad_()];
        var optimizers = CreateOptimizers(testCase, parameters, device);
        var tracks = new[] { "losses", "W", "b", "grad_W", "grad_b" }.ToDictionary(name => name, _ => new List<Values>());
        int steps = testCase.GetProperty("steps").GetInt32();
        for (int step = 0; step < steps; step++)
        {
            foreach (var optimizer in optimizers)
                optimizer.ZeroGrad();
            var loss = (x.MatMul(parameters[0]) + parameters[1] - y).Square().Mean() + parameters[0].Cos().Sum() * 0.1;
            loss.Backward();
            Clip(testCase, parameters);
            tracks["losses"].Add(Values.Of(loss));
            for (int i = 0; i < parameters.Length; i++)
                tracks[$"grad_{ParameterNames[i]}"].Add(Values.Of(parameters[i].Grad!));
            foreach (var optimizer in optimizers)
                optimizer.Step();
            for (int i = 0; i < parameters.Length; i++)
                tracks[ParameterNames[i]].Add(Values.Of(parameters[i]));
        }

        return tracks.Select(track => Compare(testCase, track.Key, track.Value)).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>One optimizer, or one for each group of parameters with options of its own.</summary>
    private static Optimizer[] CreateOptimizers(JsonElement testCase, Tensor[] parameters, Device device)
    {
        string name = testCase.GetProperty("optimizer").GetString()!;
        var shared = testCase.GetProperty("options");
        var groups = Groups(testCase).ToArray();
        if (groups.Length == 0)
            return [OptimizerTable.Create(name, parameters, new Args(shared, device))];
        return [.. groups.Select(group => OptimizerTable.Create(
            name,
            group.GetProperty("params").EnumerateArray().Select(p => parameters[Array.IndexOf(ParameterNames, p.GetString())]),
            new Args(shared, device).With(group.GetProperty("options"))))];
    }

    private static IEnumerable<JsonElement> Groups(JsonElement testCase) =>
        testCase.TryGetProperty("groups", out var groups) && groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray() : [];

    private static void Clip(JsonElement testCase, Tensor[] parameters)
    {
        if (!testCase.TryGetProperty("clip", out var clip))
            return;
        double limit = clip.GetProperty("value").GetDouble();
        if (clip.GetProperty("kind").GetString() != "norm")
            ClipGradients.Value(parameters, limit);
        else
            ClipGradients.Norm(parameters, limit, !clip.TryGetProperty("norm_type", out var order) ? 2 : order.ValueKind == JsonValueKind.Number ? order.GetDouble() : double.PositiveInfinity);
    }

    private static string? Compare(JsonElement testCase, string name, List<Values> track)
    {
        if (!testCase.TryGetProperty(name, out var recorded))
            return null;
        var tol = testCase.GetProperty("tol");
        var tolerance = new Tolerance(tol.GetProperty("rtol").GetDouble(), tol.GetProperty("atol").GetDouble());
        return Comparison.Difference(name, Values.Stack(track), new TensorData(recorded).Values(), tolerance);
    }
}
