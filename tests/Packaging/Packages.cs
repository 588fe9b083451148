using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>The packages that there should be: one for each source project.</summary>
internal static class Packages
{
    public static IReadOnlyList<string> Ids { get; } = [.. Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f))];

    public static string Version { get; } = XDocument.Load(Repository.At("Directory.Build.props")).Descendants("Version").Single().Value;

    public static IEnumerable<TheoryDataRow<string>> Rows => Ids.Select(id => new TheoryDataRow<string>(id));
}
