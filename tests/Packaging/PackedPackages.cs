using System.IO.Compression;
using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>Every source project packed into a folder of its own, once for all tests.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabla-packages-");

    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync() =>
        await Tool.DotnetAsync(Repository.Root, null, "pack", "Nabla.slnx", "--no-build", "-c", Tool.Configuration, "-o", Folder, "-v", "q");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal IReadOnlyList<string> FileNames(string pattern) => [.. _folder.EnumerateFiles(pattern).Select(f => f.Name).Order(StringComparer.Ordinal)];

    internal ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(Folder, name));

    /// <summary>What the package says of itself.</summary>
    internal XElement Metadata(string id)
    {
        using var package = Open($"{id}.{Packages.Version}.nupkg");
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }
}
