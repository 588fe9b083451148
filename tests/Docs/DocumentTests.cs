namespace Nabla.Tests;

/// <summary>The code in the README and in docs compiles; what is marked to run prints what the document says.</summary>
public sealed class DocumentTests
{
    public static IEnumerable<TheoryDataRow<string>> Documents =>
        CodeBlock.Documents.Where(d => CodeBlock.Of(d).Any(b => b.IsCSharp && b.Directive.Length == 0)).Select(d => new TheoryDataRow<string>(d));

    [Fact]
    public void Documents_AreThere() =>
        Assert.Superset(
            new HashSet<string> { "README.md", "docs/code-map.md", "docs/adding-an-op.md", "docs/adding-a-backend.md", "docs/profiling.md", "docs/using.md" }, CodeBlock.Documents.ToHashSet());

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_OfADocument_IsTrue(string document)
    {
        var blocks = CodeBlock.Of(document);
        var parts = blocks.Where(b => b.IsPart).Select(b => b.Text).ToList();
        if (parts.Count > 0)
            CodeRunner.Compile(document, parts);
        for (int i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (!block.IsCSharp || block.IsPart || block.Directive.Length > 0)
                continue;
            var compiled = CodeRunner.Compile(block.Place, parts.Append(block.Text));
            if (!block.Runs)
                continue;
            Assert.True(i + 1 < blocks.Count && blocks[i + 1].Language == "text", $"{block.Place}: a text block with the output must follow.");
            Assert.Equal(blocks[i + 1].Text.TrimEnd(), CodeRunner.Run(compiled));
        }
    }

    [Fact]
    public void Links_ToFiles_LeadSomewhere()
    {
        foreach (var document in CodeBlock.Documents)
        {
            var folder = Path.GetDirectoryName(Repository.At(document))!;
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Repository.At(document)), @"\]\((?!https?:)([^)#]+)\)"))
                Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), $"{document}: {link.Groups[1].Value} does not exist.");
        }
    }

    /// <summary>A path in code form that looks like one of the repository must exist.</summary>
    [Fact]
    public void Paths_OfTheRepository_Exist()
    {
        foreach (var document in CodeBlock.Documents.Where(d => !d.StartsWith("docs/decisions", StringComparison.Ordinal)))
        {
            foreach (System.Text.RegularExpressions.Match path in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Repository.At(document)), @"`((?:src|tests|samples|docs|eng|benchmarks)/[\w./-]*)`"))
                Assert.True(Path.Exists(Repository.At(path.Groups[1].Value)), $"{document}: {path.Groups[1].Value} does not exist.");
        }
    }
}
