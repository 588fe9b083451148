namespace Nabla;

/// <summary>
/// The classes that samples should have: their weights, and which do not count. Where nothing is ignored and nothing weighted, no
/// operation is added.
/// </summary>
internal sealed class Targets
{
    private readonly Tensor? _counts;
    private readonly Tensor? _weights;

    public Targets(Tensor classes, Tensor? weight, long ignoreIndex, long count, string op)
    {
        if (weight is not null && (weight.Dim != 1 || weight.Shape[0] != count))
            throw new ShapeException(op, $"the weight {weight.Shape} does not have one factor for each of the {count} classes.");
        Index = classes;
        if (MayContain(classes, ignoreIndex, count, op))
        {
            // What is ignored picks class 0, and is masked.
            _counts = classes.Ne(ignoreIndex);
            Index = Tensor.Where(_counts, classes, Functional.Constant(classes, 0));
        }

        if (weight is not null)
            _weights = Mask(weight.Gather(0, Index.Reshape(-1)).Reshape(Index.Shape));
    }

    /// <summary>The classes, each within range where the target was.</summary>
    public Tensor Index { get; }

    /// <summary>Of scores whose dimension 1 is the classes, those of the chosen ones.</summary>
    public Tensor Pick(Tensor scores) => scores.Gather(1, Index.Unsqueeze(1)).Squeeze(1);

    /// <summary>The losses of the samples, weighted; 0 where ignored.</summary>
    public Tensor Count(Tensor losses) => _weights is null ? Mask(losses) : Mask(losses) * _weights;

    /// <summary>0 where the sample is ignored.</summary>
    public Tensor Mask(Tensor values) => _counts is null ? values : Tensor.Where(_counts, values, Functional.Constant(values, 0));

    /// <summary>
    /// The mean divides by the weights of those that count; it is NaN when none does, as in PyTorch. Both sums may lie beyond a half type.
    /// </summary>
    public Tensor Reduce(Tensor losses, Reduction reduction, Shape shape, string op)
    {
        if (reduction == Reduction.None)
            return losses.Reshape(shape);
        if (reduction != Reduction.Mean || (_weights is null && _counts is null))
            return losses.Reduce(reduction, op);
        var wide = losses.DType.Accumulator();
        return (losses.Sum(wide) / (_weights ?? _counts!).Sum(wide)).Cast(losses.DType);
    }

    /// <summary>Whether a target is one that does not count. Where values are not at hand (on a queue, in a trace) it may.</summary>
    /// <exception cref="TensorIndexException">One is neither that nor a class; where values are not at hand the operation on them says so.</exception>
    private static unsafe bool MayContain(Tensor classes, long ignoreIndex, long count, string op)
    {
        if (!HostValues.AtHand(classes) || !classes.IsContiguous || classes.Data.Storage is not HostStorage storage)
            return true;
        var values = new ReadOnlySpan<long>(storage.Pointer + classes.StorageOffset * sizeof(long), (int)classes.ElementCount);
        bool contains = values.Contains(ignoreIndex);
        if (values.ContainsAnyExceptInRange(0, count - 1))
            foreach (long value in values)
                if ((ulong)value >= (ulong)count && value != ignoreIndex)
                    throw new TensorIndexException(op, $"the target {value} is not one of {count} classes: they count from 0.");
        GC.KeepAlive(classes);
        return contains;
    }
}
