using System.Globalization;

namespace Nabla.Tests;

/// <summary>The table of options in docs/using.md has every option and its default, and nothing else.</summary>
public sealed class OptionTableTests
{
    [Fact]
    public void Options_InTheTable_AreThoseThatThereAre()
    {
        var rows = File.ReadLines(Repository.At("docs/using.md"))
            .SkipWhile(l => l != "| option | default | meaning |").Skip(2).TakeWhile(l => l.Length > 0)
            .Select(l => string.Join('|', l.Split('|')[1..3].Select(c => c.Trim(' ', '`'))));
        IEnumerable<string> options =
        [
            .. Of(new NablaOptions(), ""), .. Of(new CpuOptions(), $"{CpuBackendExtensions.SectionName}:"),
            .. Of(new OpenClOptions(), $"{OpenClBackendExtensions.SectionName}:"), .. Of(new OnnxOptions(), $"{OnnxBackendExtensions.SectionName}:"),
        ];
        Assert.Equal(options.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Of(object options, string prefix) =>
        options.GetType().GetProperties().Where(p => p.CanWrite).Select(p => $"{prefix}{p.Name}|{Text(p.GetValue(options))}");

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool b => b ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
