using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The sizes of a tensor's dimensions: immutable, equal by value, shared between tensors. A shape without dimensions is that of a
/// tensor with one element. PyTorch: <c>torch.Size</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IEnumerable<long>
{
    /// <summary>The largest number of dimensions.</summary>
    public const int MaxRank = 16;

    private readonly long[] _dims;
    private Strides? _contiguous;

    private Shape(long[] dims, long elementCount)
    {
        _dims = dims;
        ElementCount = elementCount;
    }

    /// <summary>The shape <c>[]</c>.</summary>
    public static Shape Scalar { get; } = new([], 1);

    /// <summary>How many dimensions there are.</summary>
    public int Rank => _dims.Length;

    /// <summary>The product of the sizes; 1 without dimensions. PyTorch: <c>numel</c>.</summary>
    public long ElementCount { get; }

    /// <summary>The size of a dimension; negative counts from the end.</summary>
    /// <exception cref="TensorIndexException">There is no such dimension.</exception>
    public long this[int dim] => (uint)dim < (uint)_dims.Length ? _dims[dim] : FromEnd(dim);

    /// <summary>The size of a dimension: <c>shape[^1]</c> is the last.</summary>
    /// <exception cref="TensorIndexException">There is no such dimension.</exception>
    public long this[Index dim]
    {
        get
        {
            int at = dim.GetOffset(_dims.Length);
            return (uint)at < (uint)_dims.Length ? _dims[at] : Missing(dim);
        }
    }

    /// <summary>The strides, in elements, of a dense row-major tensor of this shape.</summary>
    public Strides ContiguousStrides => _contiguous ??= Strides.RowMajor(_dims);

    /// <summary>Creates a shape.</summary>
    /// <exception cref="ShapeException">A size is negative, there are too many, or the elements would be 2^31 or more.</exception>
    public static Shape Create(ReadOnlySpan<long> dims)
    {
        if (dims.IsEmpty)
            return Scalar;
        if (dims.Length > MaxRank)
            throw TooMany(dims);
        long count = 1;
        bool empty = false, large = false;
        foreach (long dim in dims)
        {
            if (dim < 0)
                throw Negative(dims);
            empty |= dim == 0;
            large = large || dim > int.MaxValue || (count *= dim) > int.MaxValue;
        }

        if (large && !empty)
            throw TooLarge(dims);
        return new Shape(dims.ToArray(), empty ? 0 : count);
    }

    // Messages are made elsewhere than in what checks: a first shape would wait for their compilation.
    private static ShapeException TooMany(ReadOnlySpan<long> dims) => new("Shape", $"a tensor has at most {MaxRank} dimensions, not {dims.Length}.");

    private static ShapeException Negative(ReadOnlySpan<long> dims) => new("Shape", $"sizes cannot be negative: [{Join(dims)}].");

    private static ShapeException TooLarge(ReadOnlySpan<long> dims) =>
        new("Shape", $"[{Join(dims)}] has 2^31 elements or more, which this version does not hold in one tensor; split it.");

    /// <summary>The sizes.</summary>
    public ReadOnlySpan<long> AsSpan() => _dims;

    /// <summary>The sizes, as a new array.</summary>
    public long[] ToArray() => _dims.AsSpan().ToArray();

    /// <summary>Turns a dimension that may count from the end into an index.</summary>
    /// <param name="dim">The dimension, from -<see cref="Rank"/> to <see cref="Rank"/> - 1.</param>
    /// <param name="op">Who asks: named by the error.</param>
    /// <exception cref="TensorIndexException">There is no such dimension.</exception>
    public int Axis(int dim, string op) => Axis(dim, Rank, op);

    /// <summary>As <see cref="Axis(int, string)"/>, for any number of dimensions; a scalar answers to 0 and -1.</summary>
    public static int Axis(int dim, int rank, string op)
    {
        int range = Math.Max(rank, 1);
        if (dim >= range || dim < -range)
            throw new TensorIndexException(op, $"dimension {dim} is out of range: a tensor of {rank} dimensions has {-range} to {range - 1}.");
        return dim < 0 ? dim + range : dim;
    }

    /// <summary>The sizes.</summary>
    public static implicit operator ReadOnlySpan<long>(Shape shape) => shape._dims;

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && Same(_dims, other._dims));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long dim in _dims)
            hash.Add(dim);
        return hash.ToHashCode();
    }

    /// <summary>As PyTorch prints it: <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{Join(_dims)}]";

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_dims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equal by value.</summary>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Different by value.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>A loop: there are few, and a program's first call of a span's extensions waits for their assembly.</summary>
    internal static bool Same(long[] x, long[] y)
    {
        if (x.Length != y.Length)
            return false;
        for (int i = 0; i < x.Length; i++)
            if (x[i] != y[i])
                return false;
        return true;
    }

    private long FromEnd(int dim)
    {
        int axis = Axis(dim, "Shape");
        return Rank > 0 ? _dims[axis] : throw new TensorIndexException("Shape", $"{this} has no dimensions, so none is dimension {dim}.");
    }

    private long Missing(Index dim) => FromEnd(dim.IsFromEnd && dim.Value > 0 ? -dim.Value : dim.GetOffset(Rank));

    internal static string Join(ReadOnlySpan<long> values)
    {
        var parts = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
            parts[i] = values[i].ToString(CultureInfo.InvariantCulture);
        return string.Join(", ", parts);
    }
}
