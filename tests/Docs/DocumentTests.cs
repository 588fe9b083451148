using System.Text.RegularExpressions;

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

    /// <summary>A link to a file, or to a heading of one.</summary>
    [Fact]
    public void Links_ToFiles_LeadSomewhere()
    {
        foreach (var page in Pages)
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(Repository.At(page)), @"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)"))
            {
                var target = Path.Combine(Path.GetDirectoryName(Repository.At(page))!, link.Groups[1].Value);
                if (link.Groups[1].Length == 0)
                    target = Repository.At(page);
                Assert.True(Path.Exists(target), $"{page}: {link.Groups[1].Value} does not exist.");
                if (link.Groups[2].Success)
                    Assert.True(Anchors(target).Contains(link.Groups[2].Value), $"{page}: {link.Value} leads to no heading.");
            }
        }
    }

    /// <summary>A path in code form that looks like one of the repository must exist.</summary>
    [Fact]
    public void Paths_OfTheRepository_Exist()
    {
        foreach (var page in Pages.Where(d => !d.StartsWith("docs/decisions", StringComparison.Ordinal)))
        {
            foreach (Match path in Regex.Matches(File.ReadAllText(Repository.At(page)), @"`((?:src|tests|samples|docs|eng|benchmarks)/[\w./-]*)`"))
                Assert.True(Path.Exists(Repository.At(path.Groups[1].Value)), $"{page}: {path.Groups[1].Value} does not exist.");
        }
    }

    /// <summary>The documents, and the pages that lie beside what they tell of.</summary>
    private static IEnumerable<string> Pages => [.. CodeBlock.Documents, .. Repository.Files("samples", "*.md"), .. Repository.Files("benchmarks", "*.md")];

    /// <summary>The names by which a page's headings are linked to: small letters, hyphens for spaces, nothing but letters and digits.</summary>
    private static IEnumerable<string> Anchors(string path) =>
        File.ReadLines(path).Where(l => l.StartsWith('#')).Select(l => Regex.Replace(l.TrimStart('#').Trim().ToLowerInvariant(), @"[^\w -]", "").Replace(' ', '-'));
}
