using System.Globalization;

namespace Nabla.Peers;

/// <summary>The report for other programs, every block included.</summary>
internal static class CsvTable
{
    public static IEnumerable<string> Lines(Report report)
    {
        foreach (string line in report.Header())
            yield return $"# {line}";
        yield return "group,row,threads,unit,ours,peer,ratio,low,high,limit_percent,limit_low,limit_high,target,within,limit_target,met,ours_blocks,peer_blocks,limit_blocks,probe_read,probe_multiply";
        foreach (var m in report.Rows)
            yield return string.Join(',',
                Quoted(m.Row.Group), Quoted(m.Row.Name), Number(report.Options.Threads), m.Unit, Number(m.Ours), Number(m.Peer),
                Number(m.Ratio.Median), Number(m.Ratio.Low), Number(m.Ratio.High), Number(m.LimitPercent?.Median), Number(m.LimitPercent?.Low), Number(m.LimitPercent?.High),
                Number(m.Row.Target), Number(m.Row.Within), Number(m.Row.LimitTarget), m.Met switch { true => "yes", false => "no", null => "" },
                Blocks(m.Samples.Ours), Blocks(m.Samples.Peer), Blocks(m.Samples.Limit),
                Blocks([.. m.Samples.Probes.Select(p => p.Read)]), Blocks([.. m.Samples.Probes.Select(p => p.Multiply)]));
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    private static string Blocks(double[] figures) => string.Join(' ', figures.Select(figure => Number(figure)));
}
