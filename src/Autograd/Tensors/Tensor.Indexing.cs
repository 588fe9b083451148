namespace Nabla;

/// <content>Basic indexing: <c>x[1..3, ^1]</c>, <c>x[.., 4..^4]</c>, <c>x[0, ..] = 0</c>.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Part of the tensor as a view; assigning writes it, seen by every view of the same memory. Entries apply to the dimensions from the
    /// first on: an integer picks one element and drops the dimension, a range keeps it, <see cref="TensorIndex.NewAxis"/> adds one, and
    /// <see cref="TensorIndex.Ellipsis"/> stands for all that are not named; missing entries are full dimensions. An assigned value
    /// broadcasts and is converted. PyTorch: basic indexing, <c>__getitem__</c> and <c>__setitem__</c>.
    /// </summary>
    /// <exception cref="TensorIndexException">There are too many entries, or an integer is out of range.</exception>
    /// <exception cref="ShapeException">An assigned value does not broadcast to the part.</exception>
    /// <exception cref="TensorArgumentException">The elements are integers that cannot be the number assigned.</exception>
    [System.Runtime.CompilerServices.IndexerName("Part")] // Item is the method that reads one element
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get => ViewAt(indices);
        set
        {
            using var temporaries = TemporaryScope.Open();
            ViewAt(indices).Assign(value);
        }
    }

    /// <summary>One element, without dimensions.</summary>
    public static implicit operator Tensor(Scalar value) => OfNumber(value);

    /// <summary>An int64 without dimensions.</summary>
    public static implicit operator Tensor(int value) => OfNumber(value);

    /// <summary>An int64 without dimensions.</summary>
    public static implicit operator Tensor(long value) => OfNumber(value);

    /// <summary>A float32 without dimensions.</summary>
    public static implicit operator Tensor(float value) => OfNumber(value);

    /// <summary>A float32 without dimensions, as PyTorch makes of a number.</summary>
    public static implicit operator Tensor(double value) => OfNumber(value);

    /// <summary>A bool without dimensions.</summary>
    public static implicit operator Tensor(bool value) => OfNumber(value);

    /// <summary>Knows its number, so that assigning it to a part is filling the part.</summary>
    private static Tensor OfNumber(Scalar value)
    {
        var tensor = Full([], value);
        tensor._place = new History(tensor._data) { Number = value };
        return tensor;
    }

    /// <summary>At most one slice and one reshape, whatever the entries are.</summary>
    private Tensor ViewAt(ReadOnlySpan<TensorIndex> indices)
    {
        int named = CountNamed(indices);
        var shape = Shape;
        Span<long> starts = stackalloc long[Dim], sizes = stackalloc long[Dim], steps = stackalloc long[Dim];
        Span<long> result = stackalloc long[Dim + indices.Length];
        shape.AsSpan().CopyTo(sizes);
        steps.Fill(1);
        int dim = 0, rank = 0;
        bool cuts = false;
        foreach (var index in indices)
        {
            switch (index.Kind)
            {
                case TensorIndex.EntryKind.NewAxis:
                    result[rank++] = 1;
                    break;
                case TensorIndex.EntryKind.Ellipsis:
                    for (int rest = Dim - named; rest > 0; rest--)
                        result[rank++] = shape[dim++];
                    break;
                case TensorIndex.EntryKind.At:
                    (starts[dim], sizes[dim]) = (index.Position(shape[dim], dim), 1);
                    cuts |= shape[dim++] != 1;
                    break;
                default:
                    (starts[dim], sizes[dim], steps[dim]) = index.Part(shape[dim]);
                    cuts |= sizes[dim] != shape[dim];
                    result[rank++] = sizes[dim++];
                    break;
            }
        }

        while (dim < Dim)
            result[rank++] = shape[dim++];
        using var temporaries = TemporaryScope.Open();
        var part = cuts ? Apply(new SliceOp(ValueArray.Create<long>(starts), ValueArray.Create<long>(sizes), ValueArray.Create<long>(steps))) : this;
        return temporaries.Keep(cuts && result[..rank].SequenceEqual(sizes) ? part : part.Apply(new ReshapeOp(Shape.Create(result[..rank]))));
    }

    /// <summary>How many dimensions the entries name.</summary>
    private int CountNamed(ReadOnlySpan<TensorIndex> indices)
    {
        int named = 0, ellipses = 0;
        foreach (var index in indices)
        {
            if (index.Kind == TensorIndex.EntryKind.Ellipsis)
                ellipses++;
            else if (index.Kind != TensorIndex.EntryKind.NewAxis)
                named++;
        }

        if (ellipses > 1)
            throw new TensorIndexException("index", $"[{Describe(indices)}] has more than one Ellipsis, so it is open what each stands for.");
        if (named > Dim)
            throw new TensorIndexException("index", $"[{Describe(indices)}] names {named} dimensions, but {Shape} has {Dim}.");
        return named;
    }

    /// <summary>Writes a value into this view; leading dimensions of size 1 of the value do not count, as in PyTorch.</summary>
    private void Assign(Tensor value)
    {
        if (value._place is History { Number: { } number } && value.Data.Storage.Version == 0 && !value.RequiresGrad)
        {
            Fill_(number);
            return;
        }

        int extra = 0;
        while (value.Dim - extra > Dim && value.Shape[extra] == 1)
            extra++;
        if (extra > 0)
            value = value.Apply(new ReshapeOp(Shape.Create(value.Shape.AsSpan()[extra..])));
        Copy_(value);
    }

    private static string Describe(ReadOnlySpan<TensorIndex> indices)
    {
        var parts = new string[indices.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = indices[i].ToString();
        return string.Join(", ", parts);
    }
}
