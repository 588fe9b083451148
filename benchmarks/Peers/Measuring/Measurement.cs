namespace Nabla.Peers;

/// <summary>What was measured of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="Samples">All of them.</param>
internal sealed record Measurement(Row Row, string Unit, Samples Samples)
{
    private const double Slack = 0.03, AtLimitFrom = 85;

    /// <summary>Percent of a limit of operations that nothing can pass. Loops that measure a limit of bytes are good ones, not the best that there can be.</summary>
    private const double Possible = 100;

    /// <summary>The median of Nabla's figures.</summary>
    public double Ours { get; } = Interval.Of(Samples.Ours).Median;

    /// <summary>The same of the peer's.</summary>
    public double Peer { get; } = Interval.Of(Samples.Peer).Median;

    /// <summary>The peer's figure by ours, with its interval: above 1 Nabla is ahead.</summary>
    public Interval Ratio { get; } = Samples.Ratio();

    /// <summary>What ours takes more than the peer.</summary>
    public Interval Difference { get; } = Samples.Difference();

    /// <summary>How near to the machine's limit ours is.</summary>
    public Interval? LimitPercent { get; } = Samples.LimitPercent(Row.Flops > 0 ? Possible : double.PositiveInfinity);

    /// <summary>What the machine gave meanwhile.</summary>
    public Probe Probe { get; } = Probe.Median(Samples.Probes);

    /// <summary>How much others took of the machine meanwhile: 1 where as little as beside <paramref name="calmest"/>; null for what is no time, as they cannot change it.</summary>
    public double? Disturbance(Probe calmest) => Unit == "s" ? Probe.Against(calmest) : null;

    /// <summary>
    /// Whether the ratio's lower bound reaches the target, and ours is no slower; or ours is near enough to the figure it is compared with; null without a target.
    /// </summary>
    public bool? RatioMet => Row switch
    {
        { Target: { } target } => Ratio.Low >= target - Slack && Ratio.Median >= 1,
        { Within: { } within } => Difference.Median <= within,
        _ => null,
    };

    /// <summary>Whether the row stands at the machine's limit, where the peer can be no further behind.</summary>
    public bool AtLimit => LimitPercent?.Median >= AtLimitFrom;

    /// <summary>Whether the row reaches the percentage of the limit that it is to reach besides; null without one.</summary>
    public bool? LimitMet => Row.LimitTarget is { } target ? LimitPercent?.Median >= target : null;

    /// <summary>All together: the ratio or the machine's limit, and the percentage where one is to be reached besides.</summary>
    public bool? Met => RatioMet is null && LimitMet is null ? null : (RatioMet != false || AtLimit) && LimitMet != false;
}
