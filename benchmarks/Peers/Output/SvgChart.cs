using System.Security;

namespace Nabla.Peers;

/// <summary>
/// The ratios as bars on a logarithmic scale, from 1 to the right where Nabla is ahead and to the left where it is behind; groups one below the other,
/// in two columns.
/// </summary>
internal sealed class SvgChart
{
    private const int Columns = 2, ColumnWidth = 660, LabelWidth = 262, ValueWidth = 44, Gap = 24, Margin = 20;
    private const int Top = 66, RowHeight = 16, HeadHeight = 30, AxisHeight = 22;
    private const int BarWidth = ColumnWidth - LabelWidth - ValueWidth;
    private const string Ink = "#1f2328", Faint = "#d0d7de", Soft = "#57606a", Ahead = "#2f81c7", Behind = "#d0683c";
    private static readonly double[] Ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

    private readonly Report _report;
    private readonly double _low, _high;
    private readonly List<string> _lines = [];

    private SvgChart(Report report, Measurement[] rows)
    {
        _report = report;
        (_low, _high) = (Math.Min(0.5, rows.Min(m => m.Ratio.Median) / 1.1), Math.Max(4, rows.Max(m => Math.Max(m.Ratio.Median, m.Row.Target ?? 1)) * 1.1));
    }

    /// <summary>Of the rows that have a ratio; a row that is judged by a difference has no bar.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        Measurement[] rows = [.. report.Rows.Where(m => m.Row.Within is null)];
        return rows.Length == 0 ? [] : new SvgChart(report, rows).Draw([.. rows.GroupBy(m => m.Row.Group)]);
    }

    private List<string> Draw(IGrouping<string, Measurement>[] groups)
    {
        var columns = Split(groups);
        int width = 2 * Margin + Columns * ColumnWidth + (Columns - 1) * Gap;
        int height = Top + columns.Max(c => c.Sum(Height)) + AxisHeight + Margin;
        const string Font = "font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"11\"";
        _lines.Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" {Font}>""");
        Rectangle(0, 0, width, height, "#ffffff");
        const string Title = "Nabla beside its peers: the peer's figure by Nabla's, to the right of 1 Nabla is ahead";
        Text(Margin, 26, Title, Ink, more: "font-size=\"15\" font-weight=\"600\"");
        const string Legend = "A tick marks the ratio wanted, a line the 90% interval; orange misses its target, of the ratio or of the machine's limit.";
        string quick = _report.Options.Quick ? $" {Report.QuickWarning}." : "";
        Text(Margin, 46, $"{Machine.Describe()}; threads: {_report.Options.Threads}. {Legend}{quick}", Soft);
        for (int i = 0; i < columns.Count; i++)
            Column(columns[i], Margin + i * (ColumnWidth + Gap));
        _lines.Add("</svg>");
        return _lines;
    }

    /// <summary>Groups stay whole; a column takes them until it has its share of the height.</summary>
    private static List<List<IGrouping<string, Measurement>>> Split(IGrouping<string, Measurement>[] groups)
    {
        int share = groups.Sum(Height) / Columns;
        List<List<IGrouping<string, Measurement>>> columns = [[]];
        foreach (var group in groups)
        {
            if (columns.Count < Columns && columns[^1].Count > 0 && columns[^1].Sum(Height) + Height(group) / 2 > share)
                columns.Add([]);
            columns[^1].Add(group);
        }

        return columns;
    }

    private static int Height(IGrouping<string, Measurement> group) => HeadHeight + RowHeight * group.Count();

    private void Column(List<IGrouping<string, Measurement>> groups, int left)
    {
        int bottom = Top + groups.Sum(Height) + 4, bars = left + LabelWidth;
        foreach (double tick in Ticks.Where(t => t >= _low && t <= _high))
        {
            double x = X(bars, tick);
            Line(x, Top, x, bottom, tick == 1 ? Soft : Faint);
            Text(x, bottom + 14, Figures.Invariant($"{tick:0.##}"), Soft, "middle");
        }

        int y = Top;
        foreach (var group in groups)
        {
            Text(left, y + HeadHeight - 10, group.Key, Ink, "start", "font-weight=\"600\" font-size=\"12\"");
            y += HeadHeight;
            foreach (var m in group)
            {
                Bar(m, left, y);
                y += RowHeight;
            }
        }
    }

    private void Bar(Measurement m, int left, int y)
    {
        int bars = left + LabelWidth;
        double one = X(bars, 1), end = X(bars, m.Ratio.Median), middle = y + RowHeight / 2.0 - 1;
        Text(bars - 8, middle + 4, m.Row.Name, Ink, "end");
        Rectangle(Math.Min(one, end), y + 1, Math.Max(1, Math.Abs(end - one)), RowHeight - 5, m.Ratio.Median >= 1 ? Ahead : Behind);
        Line(X(bars, m.Ratio.Low), middle, X(bars, m.Ratio.High), middle, Ink);
        if (m.Row.Target is { } target)
            Rectangle(X(bars, target) - 1, y - 1, 2, RowHeight - 1, Ink);
        Text(bars + BarWidth + ValueWidth, middle + 4, Figures.Invariant($"{m.Ratio.Median:0.00}"), m.Met == false ? Behind : Ink, "end");
    }

    private double X(int bars, double ratio) => bars + BarWidth * Math.Log(Math.Clamp(ratio, _low, _high) / _low) / Math.Log(_high / _low);

    private void Line(double x1, double y1, double x2, double y2, string stroke) => Add(
        $"""<line x1="{x1:0.0}" y1="{y1:0.0}" x2="{x2:0.0}" y2="{y2:0.0}" stroke="{stroke}" stroke-width="1"/>""");

    private void Rectangle(double x, double y, double width, double height, string fill) => Add(
        $"""<rect x="{x:0.0}" y="{y:0.0}" width="{width:0.0}" height="{height:0.0}" fill="{fill}"/>""");

    private void Text(double x, double y, string text, string fill, string anchor = "start", string more = "") => Add(
        $"""<text x="{x:0.0}" y="{y:0.0}" fill="{fill}" text-anchor="{anchor}" {more}>{SecurityElement.Escape(text)}</text>""");

    private void Add(FormattableString element) => _lines.Add(Figures.Invariant(element));
}
