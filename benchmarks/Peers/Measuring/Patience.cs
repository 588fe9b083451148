using System.Diagnostics;

namespace Nabla.Peers;

/// <summary>Measures rows again that were measured while others took much of the machine. What they took decides, never the figures of the row.</summary>
internal static class Patience
{
    private const double Disturbed = 1.15; // against the calmest

    /// <summary>
    /// The most disturbed rows first, again and again, until all that take time were as calm as the calmest or the time is over. Of a row the calmest measurement stays.
    /// </summary>
    public static void MeasureAgain(List<Measurement> rows, Func<Row, Measurement?> measure, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var calmest = Probe.Calmest(rows.Select(m => m.Probe));
            int[] disturbed = [.. Enumerable.Range(0, rows.Count)
                .Where(i => rows[i].Disturbance(calmest) > Disturbed)
                .OrderByDescending(i => rows[i].Disturbance(calmest))];
            if (disturbed.Length == 0)
                return;
            foreach (int i in disturbed)
            {
                if (Stopwatch.GetElapsedTime(start) >= patience)
                    return;
                if (measure(rows[i].Row) is { } again && again.Disturbance(calmest) < rows[i].Disturbance(calmest))
                    rows[i] = again;
            }
        }
    }
}
