using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>A family of things that the engine does not have.</summary>
internal sealed class MissingFamily : IFamily
{
    public string? Absent(JsonElement testCase) => Families.Subject(testCase);

    public string? Run(JsonElement testCase, Device device) => throw new InvalidOperationException("An absent case is never run.");
}
