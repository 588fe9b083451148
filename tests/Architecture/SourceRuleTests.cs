using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>The rules of the source tree that a compiler does not check.</summary>
public sealed partial class SourceRuleTests
{
    /// <summary>Nobody holds a longer file in the head.</summary>
    private const int MostLines = 600;

    public static IEnumerable<TheoryDataRow<string>> Folders => SourceProject.Folders;

    private static IEnumerable<string> Sources =>
        Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.cl")).Concat(Repository.Files("src", "*.proto"));

    [Fact]
    public void SourceFiles_AreShort() =>
        None(Sources.Select(f => (File: f, Lines: File.ReadLines(Repository.At(f)).Count())).Where(f => f.Lines > MostLines));

    [Fact]
    public void SourceFiles_DeclareTheRootNamespace() =>
        None(Repository.Files("src", "*.cs")
            .Select(f => (File: f, Text: File.ReadAllText(Repository.At(f))))
            .Where(f => Namespace().Matches(f.Text).Any(m => m.Groups[1].Value != "Nabla") || (!Namespace().IsMatch(f.Text) && Declaration().IsMatch(f.Text)))
            .Select(f => f.File));

    [Theory]
    [MemberData(nameof(Folders))]
    public void PublicTypes_LieInTheRootNamespace(string folder) =>
        Assert.All(SourceProject.Of(folder).Assembly.GetExportedTypes(), t => Assert.Equal("Nabla", t.Namespace));

    [Theory]
    [MemberData(nameof(Folders))]
    public void PublicTypes_AreDocumented(string folder)
    {
        var assembly = SourceProject.Of(folder).Assembly;
        var documentation = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
        var documented = documentation.Descendants("member").Where(m => m.HasElements).Select(m => m.Attribute("name")!.Value).ToHashSet();
        None(assembly.GetExportedTypes().Select(t => $"T:{t.FullName!.Replace('+', '.')}").Where(name => !documented.Contains(name)));
    }

    [Fact]
    public void MissingDocumentation_IsAnErrorEverywhere()
    {
        foreach (var file in Repository.Files("src", "*.csproj").Append("src/Directory.Build.props").Append("Directory.Build.props").Append(".editorconfig"))
            Assert.DoesNotContain("1591", File.ReadAllText(Repository.At(file)));
        foreach (var file in Repository.Files("src", "*.cs"))
            Assert.DoesNotContain("CS1591", File.ReadAllText(Repository.At(file)));
        Assert.Contains("<GenerateDocumentationFile>true", File.ReadAllText(Repository.At("src/Directory.Build.props")));
        Assert.Contains("<TreatWarningsAsErrors>true", File.ReadAllText(Repository.At("Directory.Build.props")));
    }

    [Fact]
    public void Tests_AreSkippedForAReasonOnly()
    {
        var statements = Repository.Files("tests", "*.cs").Select(f => (File: f, Text: File.ReadAllText(Repository.At(f))))
            .SelectMany(f => Skip().Matches(f.Text).Select(m => (f.File, Statement: m.Value)));
        var offenders = statements.Where(s => !Reason().IsMatch(s.Statement)).ToList();
        None(offenders);
    }

    [Fact]
    public void Sources_HaveNoPlaceholders() =>
        None(Repository.Files("src", "*.c?").Where(f => Placeholder().IsMatch(File.ReadAllText(Repository.At(f)))));

    [Fact]
    public void KernelSources_AreEmbedded_AsTheyAre()
    {
        var assembly = SourceProject.Of("Backends.OpenCL").Assembly;
        var files = Repository.Files("src/Backends.OpenCL", "*.cl");
        Assert.NotEmpty(files);
        Assert.Equal(files.Select(f => Path.GetFileName(f)).Order(), assembly.GetManifestResourceNames().Where(n => n.EndsWith(".cl", StringComparison.Ordinal)).Order());
        foreach (var file in files)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(Path.GetFileName(file))!);
            Assert.Equal(File.ReadAllText(Repository.At(file)), reader.ReadToEnd());
        }
    }

    [Fact]
    public void Solution_NamesEveryProject()
    {
        var listed = XDocument.Load(Repository.At("Nabla.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value).ToHashSet();
        None(Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj")).Where(p => !listed.Contains(p)));
    }

    [Fact]
    public void PackageVersions_AreCentral() =>
        None(new[] { "src", "tests", "samples", "benchmarks" }.SelectMany(f => Repository.Files(f, "*.csproj"))
            .Where(f => XDocument.Load(Repository.At(f)).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null)));

    /// <summary>Lists what breaks a rule.</summary>
    private static void None<T>(IEnumerable<T> offenders) => Assert.Empty(offenders);

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*(public|internal)?.*\b(class|struct|record|interface|enum|delegate)\s+\w", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    /// <summary>An attribute or a call that skips, to its end.</summary>
    [GeneratedRegex(@"\[\w*(Fact|Theory|Data|Row)\w*\([^\]]*\bSkip(Unless|When)?\s*=[^\]]*\]|\bAssert\.Skip(When|Unless)?\([^;]*\);")]
    private static partial Regex Skip();

    /// <summary>A text of some length.</summary>
    [GeneratedRegex(@"""[^""]{10,}""")]
    private static partial Regex Reason();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Placeholder();
}
