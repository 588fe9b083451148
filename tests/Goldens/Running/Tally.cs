namespace Nabla.Goldens;

/// <summary>Counts of verdicts.</summary>
internal sealed class Tally
{
    private readonly int[] _counts = new int[Enum.GetValues<Verdict>().Length];
    private readonly SortedSet<string> _absent = new(StringComparer.Ordinal);

    public int Failed => _counts[(int)Verdict.Failed];

    public int Count => _counts.Sum();

    public void Add(Outcome outcome)
    {
        _counts[(int)outcome.Verdict]++;
        if (outcome.Verdict == Verdict.Absent)
            _absent.Add(outcome.Reason!);
    }

    public void Add(Tally other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    /// <summary>The names that the engine does not have.</summary>
    public string DescribeAbsent() => _absent.Count == 0 ? "" : $"   absent: {string.Join(", ", _absent)}";

    public override string ToString() =>
        $"{_counts[(int)Verdict.Passed]} passed, {Failed} failed, {_counts[(int)Verdict.Absent]} absent, {_counts[(int)Verdict.Unsupported]} unsupported";
}
