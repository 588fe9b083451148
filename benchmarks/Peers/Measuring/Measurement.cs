namespace Nabla.Peers;

/// <summary>What was measured of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="Samples">All of them.</param>
internal sealed record Measurement(Row Row, string Unit, Samples Samples)
{
    private const double Slack = 0.03, AtLimitFrom = 85;

    /// <summary>The median of Nabla's figures.</summary>
    public double Ours { get; } = Interval.Of(Samples.Ours).Median;

    /// <summary>The same of the peer's.</summary>
    public double Peer { get; } = Interval.Of(Samples.Peer).Median;

    /// <summary>The peer's figure by ours, with its interval: above 1 Nabla is ahead.</summary>
    public Interval Ratio { get; } = Samples.Ratio();

    /// <summary>How near to the machine's limit ours is.</summary>
    public double? LimitPercent { get; } = Samples.LimitPercent()?.Median;

    /// <summary>What the machine gave meanwhile.</summary>
    public Probe Probe { get; } = Probe.Median(Samples.Probes);

    /// <summary>How much others took of the machine meanwhile: 1 where as little as beside <paramref name="calmest"/>; null for what is no time, as they cannot change it.</summary>
    public double? Disturbance(Probe calmest) => Unit == "s" ? Probe.Against(calmest) : null;

    /// <summary>Whether the ratio's lower bound reaches the target, or ours is near enough to the figure it is compared with; null without a target.</summary>
    public bool? RatioMet => Row switch
    {
        { Target: { } target } => Ratio.Low >= target - Slack,
        { Within: { } within } => Ours - Peer <= within,
        _ => null,
    };

    /// <summary>Whether the row stands at the machine's limit, where the peer can be no further behind.</summary>
    public bool AtLimit => LimitPercent >= AtLimitFrom;

    /// <summary>Whether the row reaches the percentage of the limit that it is to reach besides; null without one.</summary>
    public bool? LimitMet => Row.LimitTarget is { } target ? LimitPercent >= target : null;

    /// <summary>All together: the ratio or the machine's limit, and the percentage where one is to be reached besides.</summary>
    public bool? Met => RatioMet is null && LimitMet is null ? null : (RatioMet != false || AtLimit) && LimitMet != false;
}
