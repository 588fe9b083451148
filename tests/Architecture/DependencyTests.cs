using System.Text.RegularExpressions;

namespace Nabla.Tests;

/// <summary>Dependencies point one way: contracts, then devices and autograd, then modules; only a host knows OpenCL and ONNX.</summary>
public sealed partial class DependencyTests
{
    public static IEnumerable<TheoryDataRow<string>> Folders => SourceProject.Folders;

    [Fact]
    public void Folders_UnderSrc_AreTheProjectsThatWeKnow() =>
        Assert.Equal(SourceProject.All.Select(p => p.ProjectFile).Order(StringComparer.Ordinal), Repository.Files("src", "*.csproj"));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Assembly_References_OnlyWhatItMayKnow(string folder)
    {
        var project = SourceProject.Of(folder);
        var references = project.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Nabla", StringComparison.Ordinal));
        Assert.Empty(references.Except(project.Knows));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void ProjectFile_References_OnlyWhatItMayKnow(string folder)
    {
        var project = SourceProject.Of(folder);
        Assert.Empty(project.ProjectReferences.Except(project.Knows));
    }

    [Theory]
    [InlineData("Backends.Cpu", "Nabla.Abstractions")]
    [InlineData("Backends.OpenCL", "Nabla.Abstractions")]
    [InlineData("Backends.Onnx", "Nabla.Abstractions")]
    [InlineData("Autograd", "Nabla.Abstractions")]
    [InlineData("Nn", "Nabla.Autograd")]
    public void Assembly_References_WhatItBuildsOn(string folder, string other) =>
        Assert.Contains(SourceProject.Of(folder).Assembly.GetReferencedAssemblies(), a => a.Name == other);

    [Fact]
    public void Autograd_NamesTheCpuBackend_InOneFile() =>
        Assert.Equal(["src/Autograd/Tensors/DefaultDevice.cs"], FilesThatName("Autograd", "Nabla.Backends.Cpu"));

    [Theory]
    [InlineData("Abstractions")]
    [InlineData("Nn")]
    public void Sources_NameNoBackend(string folder)
    {
        foreach (var backend in new[] { "Nabla.Backends.Cpu", "Nabla.Backends.OpenCL", "Nabla.Backends.Onnx" })
            Assert.Empty(FilesThatName(folder, backend));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void FriendAssemblies_AreOurOwn(string folder)
    {
        var friends = SourceProject.Of(folder).Project.Descendants("InternalsVisibleTo").Select(f => f.Attribute("Include")!.Value);
        Assert.All(friends, f => Assert.StartsWith("Nabla.", f));
    }

    /// <summary>Source files with the name of a public type of an assembly, outside of comments.</summary>
    private static IEnumerable<string> FilesThatName(string folder, string assembly)
    {
        var names = System.Reflection.Assembly.Load(assembly).GetExportedTypes().Where(t => !t.IsNested).Select(t => Regex.Escape(t.Name.Split('`')[0]));
        var pattern = new Regex($@"\b({string.Join('|', names)})\b");
        return Repository.Files($"src/{folder}", "*.cs")
            .Where(f => File.ReadLines(Repository.At(f)).Any(line => pattern.IsMatch(Comment().Replace(line, ""))));
    }

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
