namespace Nabla.Peers;

/// <summary>A mean of ratios and where it lies with 90% probability.</summary>
internal readonly record struct Interval(double Mean, double Low, double High)
{
    /// <summary>Student's t at 95%, for 1, 2, ... degrees of freedom: 5% on either side.</summary>
    private static readonly double[] T95 =
        [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729];

    /// <summary>The geometric mean: the logarithms of the ratios of neighbouring blocks are taken as normal.</summary>
    public static Interval OfRatios(IReadOnlyList<double> ratios)
    {
        if (ratios.Count < 2)
            throw new ArgumentException("an interval takes two ratios at least.", nameof(ratios));
        double[] logs = [.. ratios.Select(ratio => Math.Log(ratio))];
        double mean = logs.Average();
        double deviation = Math.Sqrt(logs.Sum(x => (x - mean) * (x - mean)) / (logs.Length - 1));
        double half = T95[Math.Min(logs.Length - 1, T95.Length) - 1] * deviation / Math.Sqrt(logs.Length);
        return new(Math.Exp(mean), Math.Exp(mean - half), Math.Exp(mean + half));
    }
}
