namespace Nabla;

/// <summary>
/// What a graph computes: operations in canonical post-order, what each reads, the leaves' types and shapes, the roots. Equal keys mean that
/// one compiled graph serves both; scalars are not part of it. Keys that differ in sizes alone may share a session: see <see cref="LoweredGraph"/>.
/// </summary>
internal sealed class GraphKey : IEquatable<GraphKey>
{
    private const int MaxOutputs = 8;

    private readonly Op[] _ops;
    private readonly int[] _references;
    private readonly TensorSpec[] _leaves;
    private readonly int _hash;

    /// <param name="ops">The operations.</param>
    /// <param name="references">For each operation the number of inputs and where they come from; then the roots.</param>
    /// <param name="leaves">What the values are that are there already.</param>
    public GraphKey(Op[] ops, int[] references, TensorSpec[] leaves)
    {
        (_ops, _references, _leaves) = (ops, references, leaves);
        var hash = new HashCode();
        foreach (var op in ops)
            hash.Add(op);
        foreach (int reference in references)
            hash.Add(reference);
        foreach (var leaf in leaves)
            hash.Add(leaf);
        _hash = hash.ToHashCode();
    }

    /// <summary>The operations.</summary>
    public ReadOnlySpan<Op> Ops => _ops;

    /// <summary>For each operation the number of inputs and where they come from; then the roots.</summary>
    public ReadOnlySpan<int> References => _references;

    /// <summary>What the leaves are.</summary>
    public ReadOnlySpan<TensorSpec> Leaves => _leaves;

    /// <summary>The reference to a leaf.</summary>
    public static int Leaf(int position) => position * 2;

    /// <summary>The reference to a result of an operation.</summary>
    public static int Result(int node, int output) => (((node * MaxOutputs) + output) * 2) + 1;

    /// <summary>What a reference means: a leaf's position, or an operation's and which of its results.</summary>
    public static (bool IsLeaf, int Position, int Output) Decode(int reference) =>
        (reference & 1) == 0 ? (true, reference / 2, 0) : (false, reference / 2 / MaxOutputs, reference / 2 % MaxOutputs);

    /// <summary>An estimate of what the key itself holds.</summary>
    public long Bytes => (_ops.Length * 48L) + (_references.Length * 4L) + (_leaves.Length * 64L);

    public bool Equals(GraphKey? other) =>
        other is not null
        && _hash == other._hash
        && _references.AsSpan().SequenceEqual(other._references)
        && _leaves.AsSpan().SequenceEqual(other._leaves)
        && _ops.AsSpan().SequenceEqual(other._ops);

    public override bool Equals(object? obj) => Equals(obj as GraphKey);

    public override int GetHashCode() => _hash;
}
