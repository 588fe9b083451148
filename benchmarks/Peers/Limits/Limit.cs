namespace Nabla.Peers;

/// <summary>What the machine allows a row at most: of its operations, or of its bytes at its working set.</summary>
/// <param name="amount">Operations or bytes of one call.</param>
/// <param name="rate">How many a second the machine does, measured for so long.</param>
internal sealed class Limit(double amount, Func<TimeSpan, double> rate)
{
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(100);

    /// <summary>Of the row; null where the manifest states neither operations nor bytes.</summary>
    public static Limit? Of(Row row, int threads) => row switch
    {
        { Flops: > 0 } => new(row.Flops, length => FmaLimit.Measure(row.DType, threads, length)),
        { Reads: > 0 } or { Writes: > 0 } => new(row.Reads + row.Writes, length => BandwidthLimit.Measure(row.Reads, row.Writes, threads, length)),
        _ => null,
    };

    /// <summary>
    /// Seconds that one call takes at least, now: a mean over a block, as the rows' are, so that what others take of the machine meanwhile counts for both.
    /// </summary>
    public double Measure(Pace pace)
    {
        Thread.Sleep(pace.Pause);
        return amount / rate(pace.Block < Block ? pace.Block : Block);
    }
}
