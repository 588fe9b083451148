namespace Nabla;

/// <summary>What a check of a graph looks for.</summary>
internal enum CheckKind
{
    /// <summary>The value holds how many divisors were zero.</summary>
    ZeroDivisor,

    /// <summary>The value holds the smallest and the largest index.</summary>
    IndexRange,

    /// <summary>The value holds how many elements of an assertion are false.</summary>
    Assertion,
}

/// <summary>
/// An error that depends on data: the graph computes around it, so that native code never faults, and tells what it saw in an int64
/// vector that is inspected after the run.
/// </summary>
/// <param name="Kind">What is looked for.</param>
/// <param name="Op">The operation to name.</param>
/// <param name="Value">The one-dimensional value to inspect.</param>
/// <param name="Limit">Indices lie below this.</param>
internal sealed record GraphCheck(CheckKind Kind, Op Op, GraphValue Value, long Limit)
{
    /// <summary>How many elements of the vector of checks belong to this one.</summary>
    public int Length => Kind == CheckKind.IndexRange ? 2 : 1;

    /// <summary>The error that the values tell of, or null.</summary>
    public NablaException? Inspect(ReadOnlySpan<long> seen)
    {
        const string late = "it surfaced late, when the recorded operations were evaluated";
        if (Kind == CheckKind.ZeroDivisor)
            return seen[0] == 0 ? null : new TensorDivisionException(
                Op.Kind.Name, $"{seen[0]} integer divisor(s) are zero ({late}); mask the zeros with Where, or divide floating point numbers.");
        if (Kind == CheckKind.Assertion)
            return seen[0] == 0 ? null : ((AssertOp)Op).Failure(late);
        long index = seen[0] < 0 ? seen[0] : seen[1];
        return index >= 0 && index < Limit ? null : new TensorIndexException(
            Op.Kind.Name, $"index {index} is out of range for a dimension of size {Limit} ({late}); indices lie between 0 and {Limit - 1}.");
    }
}
