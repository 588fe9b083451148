namespace Nabla.Peers;

/// <summary>The report as a page.</summary>
internal static class MarkdownTable
{
    public static IEnumerable<string> Lines(Report report)
    {
        yield return "# Nabla beside its peers";
        yield return "";
        foreach (string line in report.Header())
            yield return $"- {line}";
        yield return "";
        yield return "Ratio: the peer's figure by ours; above 1 Nabla is ahead. Limit: ours against what the machine allows the row. With their 90% intervals.";
        foreach (var group in report.Rows.GroupBy(m => m.Row.Group))
        {
            yield return "";
            yield return $"## {group.Key}";
            yield return "";
            yield return "| row | ours | peer | ratio | limit | target | |";
            yield return "| --- | ---: | ---: | ---: | ---: | --- | --- |";
            foreach (var m in group)
                yield return $"| {m.Row.Name} | {Figures.Show(m.Ours, m.Unit)} | {Figures.Show(m.Peer, m.Unit)} | {Figures.Compared(m)} "
                    + $"| {Figures.PercentWithInterval(m.LimitPercent)} | {Targets(m.Row)} | {Figures.Verdict(m)} |";
        }

        yield return "";
        yield return "## Together";
        yield return "";
        foreach (string line in Summary.Lines(report.Rows))
            yield return $"- {line}";
    }

    private static string Targets(Row row) =>
        row.LimitTarget is { } limit ? Figures.Invariant($"{Figures.Target(row)}, {limit:0}% of the limit") : Figures.Target(row);
}
