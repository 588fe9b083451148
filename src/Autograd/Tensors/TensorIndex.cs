namespace Nabla;

/// <summary>
/// One entry of an indexing expression, as in <c>x[1..3, ^1]</c>: an integer (drops the dimension), a range or slice (keeps it), an
/// ellipsis or a new axis. Integers, <see cref="Index"/> and <see cref="Range"/> convert by themselves. PyTorch: basic indexing.
/// </summary>
public readonly struct TensorIndex : IEquatable<TensorIndex>
{
    private readonly Bound _start, _stop;
    private readonly long _step;

    private TensorIndex(EntryKind kind, Bound start = default, Bound stop = default, long step = 1)
    {
        Kind = kind;
        _start = start;
        _stop = stop;
        _step = step;
    }

    internal enum EntryKind : byte
    {
        Whole,
        At,
        Slice,
        Ellipsis,
        NewAxis,
    }

    internal EntryKind Kind { get; }

    /// <summary>As many full dimensions as there are left. PyTorch: <c>...</c>.</summary>
    public static TensorIndex Ellipsis { get; } = new(EntryKind.Ellipsis);

    /// <summary>A new dimension of size 1. PyTorch: <c>None</c>.</summary>
    public static TensorIndex NewAxis { get; } = new(EntryKind.NewAxis);

    /// <summary>A full dimension, as <c>..</c> is. PyTorch: <c>:</c>.</summary>
    public static TensorIndex All => default;

    /// <summary>
    /// Every <paramref name="step"/>-th element from <paramref name="start"/> to (not including) <paramref name="stop"/>. Negative bounds
    /// count from the end, null ones are the ends, and what lies beyond the ends is cut. PyTorch: <c>start:stop:step</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The step is not positive.</exception>
    public static TensorIndex Slice(long? start = null, long? stop = null, long step = 1)
    {
        if (step <= 0)
            throw new TensorArgumentException("index", $"the step of a slice is {step}; it is positive. Use Flip to walk backwards.");
        return new(EntryKind.Slice, Signed(start ?? 0), stop is { } s ? Signed(s) : Bound.End, step);
    }

    /// <summary>One element of a dimension; negative counts from the end.</summary>
    public static implicit operator TensorIndex(int index) => new(EntryKind.At, Signed(index));

    /// <summary>One element of a dimension; negative counts from the end.</summary>
    public static implicit operator TensorIndex(long index) => new(EntryKind.At, Signed(index));

    /// <summary>One element of a dimension: <c>^1</c> is the last; <c>^0</c>, the end, is out of range.</summary>
    public static implicit operator TensorIndex(Index index) => new(EntryKind.At, Of(index));

    /// <summary>Part of a dimension: <c>1..3</c>, <c>4..^4</c>, <c>..</c>.</summary>
    public static implicit operator TensorIndex(Range range) => new(EntryKind.Slice, Of(range.Start), Of(range.End));

    /// <summary>The element that an integer entry means.</summary>
    internal long Position(long size, int dim)
    {
        long at = _start.Resolve(size);
        if (at < 0 || at >= size)
            throw new TensorIndexException("index", $"{this} is out of range for dimension {dim} of size {size}.");
        return at;
    }

    /// <summary>The elements that a slice means: the first, how many, and how far apart.</summary>
    internal (long Start, long Count, long Step) Part(long size)
    {
        if (Kind == EntryKind.Whole)
            return (0, size, 1);
        long start = Math.Clamp(_start.Resolve(size), 0, size), stop = Math.Clamp(_stop.Resolve(size), start, size);
        return (start, (stop - start + _step - 1) / _step, _step);
    }

    /// <summary>Same kind and same bounds.</summary>
    public bool Equals(TensorIndex other) => Kind == other.Kind && _start == other._start && _stop == other._stop && _step == other._step;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _start, _stop, _step);

    /// <summary>See <see cref="Equals(TensorIndex)"/>.</summary>
    public static bool operator ==(TensorIndex left, TensorIndex right) => left.Equals(right);

    /// <summary>See <see cref="Equals(TensorIndex)"/>.</summary>
    public static bool operator !=(TensorIndex left, TensorIndex right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        EntryKind.At => _start.ToString(),
        EntryKind.Slice => _step == 1 ? $"{_start}..{_stop}" : $"Slice({_start}, {_stop}, {_step})",
        EntryKind.Ellipsis => "Ellipsis",
        EntryKind.NewAxis => "NewAxis",
        _ => "..",
    };

    private static Bound Signed(long value) => new(value, value < 0);

    private static Bound Of(Index index) => new(index.IsFromEnd ? -(long)index.Value : index.Value, index.IsFromEnd);

    /// <summary>A place in a dimension. What counts from the end says so itself: <c>^0</c> is the end, 0 the beginning.</summary>
    private readonly record struct Bound(long Value, bool FromEnd)
    {
        public static Bound End { get; } = new(0, FromEnd: true);

        public long Resolve(long size) => FromEnd ? size + Value : Value;

        public override string ToString() => FromEnd ? $"^{-Value}" : $"{Value}";
    }
}
