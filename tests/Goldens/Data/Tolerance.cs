using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>|value - recorded| at most Absolute + Relative * |recorded|.</summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>Reads <c>[rtol, atol]</c>; null is exact.</summary>
    public static Tolerance Read(JsonElement json) => json.ValueKind == JsonValueKind.Array ? new(json[0].GetDouble(), json[1].GetDouble()) : default;

    /// <summary>The tolerance at a position of a list, or under a name.</summary>
    public static Tolerance Of(JsonElement owner, string part, int index) =>
        owner.TryGetProperty("tol", out var tol) && tol.TryGetProperty(part, out var list) && index < list.GetArrayLength() ? Read(list[index]) : default;

    /// <summary>The tolerance under a name.</summary>
    public static Tolerance Of(JsonElement owner, string part, string name) =>
        owner.TryGetProperty("tol", out var tol) && tol.TryGetProperty(part, out var map) && map.TryGetProperty(name, out var item) ? Read(item) : default;
}
