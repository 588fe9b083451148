using System.Globalization;

namespace Nabla.Peers;

/// <summary>Numbers as tables show them.</summary>
internal static class Figures
{
    /// <summary>Three digits with the unit that suits: 12.3 us.</summary>
    public static string Show(double value, string unit)
    {
        if (unit != "s")
            return $"{Digits(value)} {unit}";
        return value switch
        {
            < 1e-6 => $"{Digits(value * 1e9)} ns",
            < 1e-3 => $"{Digits(value * 1e6)} us",
            < 1 => $"{Digits(value * 1e3)} ms",
            _ => $"{Digits(value)} s",
        };
    }

    public static string Show(Interval ratio) => Invariant($"{ratio.Median:0.00} ({ratio.Low:0.00}-{ratio.High:0.00})");

    /// <summary>The ratio, or for a row that is judged by a difference how much more ours takes.</summary>
    public static string Compared(Measurement m) => m.Row.Within is null ? Show(m.Ratio)
        : Invariant($"{m.Difference.Median * 1e3:+0.0} ms ({m.Difference.Low * 1e3:0.0}-{m.Difference.High * 1e3:0.0})");

    public static string Percent(Interval? value) => value is { } v ? Invariant($"{v.Median:0.0}%") : "";

    public static string PercentWithInterval(Interval? value) => value is { } v ? Invariant($"{v.Median:0.0}% ({v.Low:0}-{v.High:0})") : "";

    /// <summary>The target and whether it is met, of the ratio and of the limit.</summary>
    public static string Verdict(Measurement m) => m.Met switch
    {
        null => "",
        true when m.RatioMet == false => "met: at the limit",
        true => "met",
        false => "NOT met: " + string.Join(", ", new[]
        {
            m.RatioMet == false && !m.AtLimit ? Target(m.Row) : "",
            m.LimitMet == false ? Invariant($"{m.Row.LimitTarget:0}% of the limit") : "",
        }.Where(text => text.Length > 0)),
    };

    public static string Target(Row row) => row switch
    {
        { Target: { } target } => Invariant($"ratio {target:0.00}"),
        { Within: { } within } => Invariant($"{within * 1e3:0} ms more"),
        _ => "",
    };

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Digits(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
