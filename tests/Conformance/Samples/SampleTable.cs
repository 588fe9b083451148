namespace Nabla.Tests.Samples;

/// <summary>The "samples" column of the op table: every sample of every family.</summary>
internal static class SampleTable
{
    private static readonly Lazy<Dictionary<string, Sample>> Table = new(() =>
        new Sample[][]
        {
            [.. UnarySamples.All()], [.. BinarySamples.All()], [.. ElementwiseSamples.All()], [.. CreationSamples.All()], [.. ReductionSamples.All()], [.. MovementSamples.All()], [.. LinearSamples.All()],
            [.. ActivationSamples.All()], [.. PairSamples.All()], [.. AttentionSamples.All()], [.. SoftmaxSamples.All()], [.. NormalizationSamples.All()], [.. TrainingSamples.All()], [.. ViewSamples.All()],
        }.SelectMany(s => s).Where(s => s.DTypes.Count > 0).ToDictionary(s => s.Name));

    public static IReadOnlyCollection<Sample> All => Table.Value.Values;

    public static Sample Get(string name) => Table.Value[name];
}
