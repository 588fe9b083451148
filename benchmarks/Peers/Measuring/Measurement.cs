namespace Nabla.Peers;

/// <summary>What was measured of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="Ours">The geometric mean of Nabla's blocks.</param>
/// <param name="Peer">The same of the peer's.</param>
/// <param name="Ratio">The peer's figure by ours, with its interval: above 1 Nabla is ahead.</param>
/// <param name="LimitPercent">Ours against the machine's limit for the row's bytes or operations, where it has one.</param>
internal sealed record Measurement(Row Row, string Unit, double Ours, double Peer, Interval Ratio, double? LimitPercent)
{
    private const double Slack = 0.03, AtLimit = 85;

    /// <summary>Whether the ratio's lower bound reaches the target, or the row stands at the machine's limit; null without a target.</summary>
    public bool? RatioMet => Row.Target is { } target ? Ratio.Low >= target - Slack || LimitPercent >= AtLimit : null;

    /// <summary>Whether the row reaches the percentage of the limit that it is to reach besides; null without one.</summary>
    public bool? LimitMet => Row.LimitTarget is { } target ? LimitPercent >= target : null;

    /// <summary>Both together.</summary>
    public bool? Met => RatioMet is null && LimitMet is null ? null : (RatioMet ?? true) && (LimitMet ?? true);
}
