namespace Nabla.Peers;

/// <summary>How long a row is measured.</summary>
/// <param name="Block">The time that one side computes without a break.</param>
/// <param name="Pause">The time between blocks, in which the workers of the side before go to sleep.</param>
/// <param name="Pairs">How many blocks of either side.</param>
internal sealed record Pace(TimeSpan Block, TimeSpan Pause, int Pairs)
{
    /// <summary>For figures that are published: with eight pairs, one that something else disturbs leaves the interval where it is.</summary>
    public static Pace Full { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300), 8);

    /// <summary>For a look while developing: shorter than the rules of the comparison ask for.</summary>
    public static Pace Quick { get; } = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), 5);
}
