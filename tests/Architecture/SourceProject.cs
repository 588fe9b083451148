using System.Reflection;
using System.Xml.Linq;

namespace Nabla.Tests;

/// <summary>A project under src: its folder, its assembly and the Nabla assemblies that it may know.</summary>
internal sealed record SourceProject(string Folder, string AssemblyName, params string[] Knows)
{
    /// <summary>The one-way dependencies. What a project knows, its assembly may name as well through the projects it references.</summary>
    public static IReadOnlyList<SourceProject> All { get; } =
    [
        new("Abstractions", "Nabla.Abstractions"),
        new("Backends.Cpu", "Nabla.Backends.Cpu", "Nabla.Abstractions"),
        new("Backends.OpenCL", "Nabla.Backends.OpenCL", "Nabla.Abstractions"),
        new("Backends.Onnx", "Nabla.Backends.Onnx", "Nabla.Abstractions"),
        new("Autograd", "Nabla.Autograd", "Nabla.Abstractions", "Nabla.Backends.Cpu"),
        new("Nn", "Nabla.Nn", "Nabla.Abstractions", "Nabla.Autograd"),
    ];

    public Assembly Assembly => Assembly.Load(AssemblyName);

    public string ProjectFile => $"src/{Folder}/{AssemblyName}.csproj";

    public XDocument Project => XDocument.Load(Repository.At(ProjectFile));

    /// <summary>The names of the projects that the project file references.</summary>
    public IEnumerable<string> ProjectReferences =>
        Project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    public static SourceProject Of(string folder) => All.Single(p => p.Folder == folder);

    public static IEnumerable<TheoryDataRow<string>> Folders => All.Select(p => new TheoryDataRow<string>(p.Folder));
}
