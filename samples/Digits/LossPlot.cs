using System.Globalization;
using System.Text;

namespace Nabla.Digits;

/// <summary>The loss over the steps, on a logarithmic scale, as an SVG picture.</summary>
internal static class LossPlot
{
    private const int Width = 720, Height = 400, Left = 70, Right = 20, Top = 40, Bottom = 50;

    public static string Draw(IReadOnlyList<double> losses, string title)
    {
        double low = Math.Floor(Math.Log10(Math.Max(losses.Min(), 1e-6))), high = Math.Ceiling(Math.Log10(losses.Max()));
        if (high <= low)
            high = low + 1;
        double X(double step) => Left + ((Width - Left - Right) * step / Math.Max(losses.Count - 1, 1));
        double Y(double loss) => Top + ((Height - Top - Bottom) * (high - Math.Log10(Math.Max(loss, 1e-6))) / (high - low));

        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/><text x=\"{Width / 2}\" y=\"22\" text-anchor=\"middle\" font-size=\"15\">{title}</text>");
        for (double decade = low; decade <= high; decade++)
        {
            double y = Y(Math.Pow(10, decade));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, decade):0.######}</text>");
        }

        for (int tick = 0; tick <= 5; tick++)
        {
            int step = (int)Math.Round((losses.Count - 1) * tick / 5.0);
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{X(step):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{step + 1}</text>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">step</text>");
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">cross-entropy loss</text>");
        svg.AppendLine(Line(losses, X, Y, "#9ecae1", "1"));
        svg.AppendLine(Line(Smooth(losses), X, Y, "#08519c", "2"));
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Line(IReadOnlyList<double> values, Func<double, double> x, Func<double, double> y, string colour, string width)
    {
        var points = string.Join(' ', values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{x(i):0.##},{y(v):0.##}")));
        return $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>";
    }

    /// <summary>An exponential moving average, corrected for its start.</summary>
    private static double[] Smooth(IReadOnlyList<double> values)
    {
        const double Keep = 0.95;
        var smooth = new double[values.Count];
        double sum = 0, weight = 0;
        for (int i = 0; i < smooth.Length; i++)
        {
            sum = (Keep * sum) + ((1 - Keep) * values[i]);
            weight = (Keep * weight) + (1 - Keep);
            smooth[i] = sum / weight;
        }

        return smooth;
    }
}
