namespace Nabla;

/// <summary>
/// The distance, in elements, between neighbours along each dimension: immutable, equal by value. 0 repeats an element, negative
/// walks backwards.
/// </summary>
public sealed class Strides : IEquatable<Strides>
{
    private readonly long[] _steps;

    private Strides(long[] steps) => _steps = steps;

    /// <summary>How many dimensions there are.</summary>
    public int Rank => _steps.Length;

    /// <summary>The step along a dimension.</summary>
    public long this[int dim] => _steps[dim];

    /// <summary>The step along a dimension: <c>strides[^1]</c> is the last.</summary>
    public long this[Index dim] => _steps[dim];

    /// <summary>Strides with the given steps.</summary>
    public static Strides Create(ReadOnlySpan<long> steps) => new(steps.ToArray());

    /// <summary>The strides of a dense tensor whose last dimension is innermost.</summary>
    public static Strides RowMajor(ReadOnlySpan<long> dims)
    {
        var steps = new long[dims.Length];
        long step = 1;
        for (int i = dims.Length - 1; i >= 0; i--)
        {
            steps[i] = step;
            step *= Math.Max(dims[i], 1);
        }

        return new Strides(steps);
    }

    /// <summary>The steps.</summary>
    public ReadOnlySpan<long> AsSpan() => _steps;

    /// <inheritdoc/>
    public bool Equals(Strides? other) => ReferenceEquals(this, other) || (other is not null && Shape.Same(_steps, other._steps));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Strides);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long step in _steps)
            hash.Add(step);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{Shape.Join(_steps)}]";
}
