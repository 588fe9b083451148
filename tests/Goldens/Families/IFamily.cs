using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>How the cases of a family are run.</summary>
internal interface IFamily
{
    /// <summary>The operations, modules … of a case that the engine does not have; null when it has all.</summary>
    string? Absent(JsonElement testCase);

    /// <summary>Runs a case on a device; null when it passes, else what differs. What it throws is a failure, too.</summary>
    string? Run(JsonElement testCase, Device device);
}
