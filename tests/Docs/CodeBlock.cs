namespace Nabla.Tests;

/// <summary>
/// A fenced block of a document. The words behind the language say what a test does with it: <c>csharp</c> compiles by itself,
/// <c>csharp part</c> is compiled with the parts and programs of its document, <c>csharp run</c> runs, and prints what the next <c>text</c>
/// block says.
/// </summary>
/// <param name="File">The document.</param>
/// <param name="Line">The line of the opening fence.</param>
/// <param name="Language">The first word behind the fence.</param>
/// <param name="Words">The other words.</param>
/// <param name="Text">What is between the fences.</param>
/// <param name="Directive">The comment <c>&lt;!-- … --&gt;</c> directly above, or empty.</param>
internal sealed record CodeBlock(string File, int Line, string Language, IReadOnlyList<string> Words, string Text, string Directive)
{
    public bool IsCSharp => Language == "csharp";

    public bool Runs => IsCSharp && Words.Contains("run");

    public bool IsPart => IsCSharp && Words.Contains("part");

    public string Place => $"{File}({Line})";

    /// <summary>The documents whose code is held true.</summary>
    public static IReadOnlyList<string> Documents { get; } = ["README.md", .. Repository.Files("docs", "*.md")];

    public static IReadOnlyList<CodeBlock> Of(string document)
    {
        var blocks = new List<CodeBlock>();
        var lines = System.IO.File.ReadAllLines(Repository.At(document));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            int start = i;
            var words = lines[i][3..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            while (++i < lines.Length && lines[i] != "```")
            {
            }

            Assert.True(i < lines.Length, $"{document}({start + 1}): the block is not closed.");
            string above = start > 0 && lines[start - 1].StartsWith("<!--", StringComparison.Ordinal) ? lines[start - 1][4..^3].Trim() : "";
            blocks.Add(new(document, start + 1, words.FirstOrDefault() ?? "", words[Math.Min(1, words.Length)..], string.Join('\n', lines[(start + 1)..i]), above));
        }

        return blocks;
    }
}
