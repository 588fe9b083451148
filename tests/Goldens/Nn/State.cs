using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Parameters and buffers by their names.</summary>
internal static class State
{
    /// <summary>Copies recorded values into a module's state; what differs in names or shapes, or null.</summary>
    public static string? Load(IEnumerable<KeyValuePair<string, Tensor>> state, JsonElement recorded, Device device)
    {
        var own = state.ToDictionary();
        string[] names = [.. Named(recorded).Select(p => p.Name)];
        if (!own.Keys.ToHashSet().SetEquals(names))
            return $"the state is named [{string.Join(", ", own.Keys)}], expected [{string.Join(", ", names)}]";
        using var mode = Autograd.NoGrad();
        foreach (var entry in Named(recorded))
        {
            var value = new TensorData(entry.Value).Create(device);
            if (own[entry.Name].Shape != value.Shape || own[entry.Name].DType != value.DType)
                return $"{entry.Name} is {own[entry.Name].DType.Name()}{own[entry.Name].Shape}, expected {value.DType.Name()}{value.Shape}";
            own[entry.Name].Copy_(value);
        }

        return null;
    }

    /// <summary>Compares a module's state with recorded values.</summary>
    public static string? Difference(IEnumerable<KeyValuePair<string, Tensor>> state, JsonElement recorded, Func<string, Tolerance> tolerance)
    {
        var own = state.ToDictionary();
        foreach (var entry in Named(recorded))
        {
            if (!own.TryGetValue(entry.Name, out var tensor))
                return $"there is no '{entry.Name}' in the state";
            if (Comparison.Difference(entry.Name, Values.Of(tensor), new TensorData(entry.Value).Values(), tolerance(entry.Name)) is { } difference)
                return difference;
        }

        return null;
    }

    private static IEnumerable<JsonProperty> Named(JsonElement recorded) =>
        recorded.ValueKind == JsonValueKind.Object ? recorded.EnumerateObject() : [];
}
