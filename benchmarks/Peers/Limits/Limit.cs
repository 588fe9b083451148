namespace Nabla.Peers;

/// <summary>What the machine allows a row at most, measured beside it.</summary>
internal static class Limit
{
    /// <summary>Seconds that one call takes at least: of its operations, or of its bytes at its working set; null where the manifest states neither.</summary>
    public static double? Seconds(Row row, int threads) => row switch
    {
        { Flops: > 0 } => row.Flops / FmaLimit.Measure(row.DType, threads),
        { Reads: > 0 } or { Writes: > 0 } => (row.Reads + row.Writes) / BandwidthLimit.Measure(row.Reads, row.Writes, threads),
        _ => null,
    };
}
