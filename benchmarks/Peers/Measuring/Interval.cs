namespace Nabla.Peers;

/// <summary>The median of figures and where the median of all such figures lies, with 90% probability at least.</summary>
/// <param name="Median">Of the figures measured.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
internal readonly record struct Interval(double Median, double Low, double High)
{
    private const double Confidence = 0.9;

    /// <summary>
    /// From order alone, no distribution assumed: each figure lies on either side of the median with even odds, so that with five of them the
    /// median lies within the least and the greatest in 15 of 16 cases. One block that something else on the machine disturbs moves a bound, but never
    /// beyond what was measured, as it would where a deviation is computed. With fewer than five the range is all there is.
    /// </summary>
    public static Interval Of(double[] figures)
    {
        double[] sorted = [.. figures.Order()];
        int cut = 0; // figures left out at either end
        double tail = Math.Pow(0.5, sorted.Length), term = tail; // the odds that no more than cut figures lie below the median
        while (true)
        {
            term = term * (sorted.Length - cut) / (cut + 1);
            if (1 - 2 * (tail + term) < Confidence)
                break;
            tail += term;
            cut++;
        }

        return new(MedianOf(sorted), sorted[cut], sorted[^(cut + 1)]);
    }

    private static double MedianOf(double[] sorted)
    {
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
