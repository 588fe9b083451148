using System.Text.RegularExpressions;

namespace Nabla.Tests;

/// <summary>Follows docs/adding-an-op.md in a copy of the sources, and proves the new row as the page says.</summary>
public sealed partial class OpGuideTests
{
    private const string Guide = "docs/adding-an-op.md";

    [Fact]
    public async Task Guide_AddingAnOperation_GivesAConformingOne()
    {
        var copy = Directory.CreateTempSubdirectory("nabla-guide-");
        try
        {
            Copy(copy.FullName);
            foreach (var block in CodeBlock.Of(Guide).Where(b => b.Directive.Length > 0))
                Apply(block, copy.FullName);
            var environment = new Dictionary<string, string?> { ["NablaPublicApi"] = "false" }; // the guide leaves the list to its script
            await Tool.DotnetAsync(copy.FullName, environment, "build", "tests/Conformance", "-c", "Release", "-v", "q");
            var program = Path.Combine(copy.FullName, "tests", "Conformance", "bin", "Release", "net10.0", "Nabla.Conformance.dll");
            foreach (var arguments in Proofs())
            {
                var output = await Tool.DotnetAsync(copy.FullName, null, [program, .. arguments, "-noColor"]);
                var summary = Summary().Match(output);
                Assert.True(summary.Success, output);
                Assert.InRange(int.Parse(summary.Groups[1].Value), 20, int.MaxValue);
                Assert.Equal("0", summary.Groups[2].Value);
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public void Guide_FillsEveryColumn()
    {
        var folders = CodeBlock.Of(Guide).Where(b => b.Directive.Length > 0).Select(b => string.Join('/', Target(b).Path.Split('/')[..2])).ToHashSet();
        Assert.Superset(
            new HashSet<string> { "src/Abstractions", "src/Backends.Cpu", "src/Backends.OpenCL", "src/Backends.Onnx", "src/Autograd", "tests/Conformance" }, folders);
    }

    /// <summary>What is behind <c>--</c> in the commands of the page.</summary>
    private static IEnumerable<string[]> Proofs()
    {
        var commands = CodeBlock.Of(Guide).Single(b => b.Language == "bash").Text.Split('\n');
        return commands.Select(c => c.Split('#')[0].Split(" -- ")[1].Replace("\"", "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Copy(string folder)
    {
        string[] files = ["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "README.md", "tests/Directory.Build.props"];
        foreach (var file in files.Concat(Repository.Files("src", "*")).Concat(Repository.Files("tests/Conformance", "*")).Concat(Repository.Files("tests/Shared", "*")))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.At(file), target);
        }
    }

    /// <summary>Puts a block next to the line that its directive names, indented as that line is.</summary>
    private static void Apply(CodeBlock block, string folder)
    {
        var (path, after, anchor) = Target(block);
        var file = Path.Combine(folder, path);
        var lines = File.ReadAllLines(file).ToList();
        int at = lines.FindIndex(l => l.Contains(anchor, StringComparison.Ordinal));
        Assert.True(at >= 0, $"{block.Place}: {path} has no line with '{anchor}'.");
        string indent = lines[at][..^lines[at].TrimStart().Length];
        lines.InsertRange(after ? at + 1 : at, block.Text.Split('\n').Select(l => l.Length == 0 ? l : indent + l));
        File.WriteAllLines(file, lines);
    }

    private static (string Path, bool After, string Anchor) Target(CodeBlock block)
    {
        var directive = Directive().Match(block.Directive);
        Assert.True(directive.Success, $"{block.Place}: '{block.Directive}' is not 'into: PATH after|before: TEXT'.");
        return (directive.Groups[1].Value, directive.Groups[2].Value == "after", directive.Groups[3].Value);
    }

    [GeneratedRegex(@"^into: (\S+) (after|before): (.+)$")]
    private static partial Regex Directive();

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: (\d+),")]
    private static partial Regex Summary();
}
