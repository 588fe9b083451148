using System.Globalization;

namespace Nabla;

/// <summary>
/// How the numbers of one tensor are written: alike, and as wide as the widest. Whole floats as <c>4.</c>, others with four decimals,
/// and in scientific notation where the range asks for it; PyTorch's rules.
/// </summary>
internal sealed class ElementFormat
{
    private const int Precision = 4;
    private const double WidestRatio = 1000, Largest = 1e8, Smallest = 1e-4;

    private readonly string _format;
    private readonly string _suffix = "";

    private ElementFormat(ReadOnlySpan<double> values)
    {
        double min = double.PositiveInfinity, max = 0;
        bool whole = true;
        foreach (double value in values)
        {
            if (value == 0 || !double.IsFinite(value))
                continue;
            double magnitude = Math.Abs(value);
            min = Math.Min(min, magnitude);
            max = Math.Max(max, magnitude);
            whole &= value == Math.Ceiling(value);
        }

        bool any = max > 0;
        bool scientific = any && (max / min > WidestRatio || max > Largest || (!whole && min < Smallest));
        (_format, _suffix) = scientific ? ("scientific", "") : whole ? ("F0", ".") : ($"F{Precision}", "");
        Width = 1;
        foreach (double value in values)
            if (!any || (value != 0 && double.IsFinite(value)))
                Width = Math.Max(Width, any ? Plain(value).Length : 1);
    }

    private ElementFormat(ReadOnlySpan<long> values)
    {
        _format = "D";
        foreach (long value in values)
            Width = Math.Max(Width, Plain(value).Length);
    }

    /// <summary>Characters of the widest number.</summary>
    public int Width { get; private init; } = 1;

    public static ElementFormat Of(ReadOnlySpan<double> values) => new(values);

    public static ElementFormat Of(ReadOnlySpan<long> values) => new(values);

    public static ElementFormat OfBools(ReadOnlySpan<long> values)
    {
        int width = 4;
        foreach (long value in values)
            width = Math.Max(width, value != 0 ? 4 : 5);
        return new(ReadOnlySpan<long>.Empty) { Width = width };
    }

    public string Write(double value) => Plain(value).PadLeft(Width);

    public string Write(long value) => Plain(value).PadLeft(Width);

    public string Write(bool value) => (value ? "True" : "False").PadLeft(Width);

    private static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);

    private string Plain(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        return _format == "scientific" ? Scientific(value) : value.ToString(_format, CultureInfo.InvariantCulture) + _suffix;
    }

    /// <summary>1.2346e+05: an exponent of two digits at least, as C prints it.</summary>
    private static string Scientific(double value)
    {
        var text = value.ToString($"e{Precision}", CultureInfo.InvariantCulture); // exponent of three digits: e+005
        int mark = text.IndexOf('e');
        var digits = text[(mark + 2)..].TrimStart('0').PadLeft(2, '0');
        return $"{text[..(mark + 2)]}{digits}";
    }
}
