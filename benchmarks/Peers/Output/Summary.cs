namespace Nabla.Peers;

/// <summary>What the rows give together.</summary>
internal static class Summary
{
    private const string Overhead = "overhead";

    /// <summary>The groups that compute: those whose target is a geometric mean.</summary>
    private static readonly HashSet<string> NotCompute = [Overhead, "memory", "start-up"];

    /// <summary>A line for each group, one for the compute groups together, the five worst rows, and how many rows are met.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Measurement> rows)
    {
        Measurement[] ratios = [.. rows.Where(m => m.Row.Within is null)]; // the others are judged by a difference
        foreach (var group in ratios.GroupBy(m => m.Row.Group))
            yield return Figures.Invariant($"{group.Key}: geometric mean {Mean(group):0.00} of {group.Count()} rows");
        Measurement[] compute = [.. ratios.Where(m => !NotCompute.Contains(m.Row.Group))];
        if (compute.Length > 0)
            yield return Figures.Invariant($"compute groups together: geometric mean {Mean(compute):0.00} of {compute.Length} rows");
        yield return "worst rows: " + string.Join("; ", ratios
            .OrderBy(m => m.Ratio.Median).Take(5).Select(m => Figures.Invariant($"{m.Row.Name} {m.Ratio.Median:0.00}")));
        string[] behind = [.. ratios.Where(m => m.Row.Target is not null && m.Ratio.Median < 1 && !m.AtLimit).Select(m => m.Row.Name)];
        yield return "below 1 and not at the machine's limit: " + (behind.Length == 0 ? "none" : string.Join("; ", behind));
        int met = rows.Count(m => m.Met == true), atLimit = rows.Count(m => m.Met == true && m.RatioMet == false);
        var calmest = Probe.Calmest(rows.Select(m => m.Probe));
        double[] disturbed = [.. rows.Select(m => m.Disturbance(calmest)).OfType<double>().Order()];
        if (disturbed.Length > 0)
            yield return Figures.Invariant(
                $"others on the machine: 16 MB read in {calmest.Read * 1e6:0} us at best; probes at {disturbed[0]:0.00} to {disturbed[^1]:0.00} of the calmest, median {Interval.Of(disturbed).Median:0.00}");
        yield return $"met: {met} of {rows.Count(m => m.Met is not null)} rows with a target, {atLimit} of them at the machine's limit, short of the ratio";
    }

    private static double Mean(IEnumerable<Measurement> rows) => Math.Exp(rows.Average(m => Math.Log(m.Ratio.Median)));
}
