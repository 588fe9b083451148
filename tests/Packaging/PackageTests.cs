using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests(PackedPackages packed)
{
    public static IEnumerable<TheoryDataRow<string>> Ids => Packages.Rows;

    [Fact]
    public void Pack_GivesOnePackageAndItsSymbols_ForEachSourceProject()
    {
        Assert.Equal(Packages.Ids.Select(id => $"{id}.{Packages.Version}.nupkg").Order(StringComparer.Ordinal), packed.FileNames("*.nupkg"));
        Assert.Equal(Packages.Ids.Select(id => $"{id}.{Packages.Version}.snupkg").Order(StringComparer.Ordinal), packed.FileNames("*.snupkg"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Metadata_SaysWhatAPackageMustSay(string id)
    {
        var metadata = packed.Metadata(id);
        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal(Packages.Version, Value(metadata, "version"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("expression", metadata.Elements().Single(e => e.Name.LocalName == "license").Attribute("type")!.Value);
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.NotEmpty(Value(metadata, "authors"));
        Assert.NotEmpty(Value(metadata, "tags"));
        Assert.True(Value(metadata, "description").Length > 20);
        Assert.NotEqual("Package Description", Value(metadata, "description"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Package_HoldsTheAssemblyItsDocumentationAndTheReadme(string id)
    {
        using var package = packed.Open($"{id}.{Packages.Version}.nupkg");
        var entries = package.Entries.Select(e => e.FullName).ToHashSet();
        Assert.Superset(new HashSet<string> { $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md" }, entries);
        using var symbols = packed.Open($"{id}.{Packages.Version}.snupkg");
        Assert.Contains(symbols.Entries, e => e.FullName == $"lib/net10.0/{id}.pdb");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Dependencies_OnNabla_AreOfTheSameVersion(string id)
    {
        var own = packed.Metadata(id).Descendants().Where(e => e.Name.LocalName == "dependency" && e.Attribute("id")!.Value.StartsWith("Nabla.", StringComparison.Ordinal)).ToList();
        Assert.All(own, d => Assert.Equal(Packages.Version, d.Attribute("version")!.Value));
        Assert.Equal(id == "Nabla.Abstractions" ? 0 : id == "Nabla.Autograd" ? 2 : 1, own.Count);
    }

    [Fact]
    public void OnnxPackage_LeavesTheNativeLibraryToTheApplication()
    {
        var dependencies = packed.Metadata("Nabla.Backends.Onnx").Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).ToList();
        Assert.Contains("Microsoft.ML.OnnxRuntime.Managed", dependencies);
        Assert.DoesNotContain("Microsoft.ML.OnnxRuntime", dependencies);
        Assert.DoesNotContain("Grpc.Tools", dependencies);
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
}
