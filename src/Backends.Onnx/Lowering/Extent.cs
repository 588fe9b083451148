namespace Nabla;

/// <summary>
/// The size of a dimension of a graph's values. Extents that an operation demands to be equal are joined: a model that leaves sizes open
/// names them alike, so that ONNX Runtime can tell the shapes of results. (Without names it takes ten times as long to load a model.)
/// </summary>
/// <remarks>
/// Only equal sizes are ever joined, so that what the names say is true of the case at hand. A size of 1 has a name like others, so that a
/// batch of one shares the model of larger ones, until an operation stretches it.
/// </remarks>
internal sealed class Extent
{
    private Extent? _joined;
    private bool _isLiteral;

    private Extent(long size) => Size = size;

    /// <summary>The size 1 of a dimension that an operation adds or keeps, whatever the sizes of its operands.</summary>
    public static Extent One { get; } = new(1) { _isLiteral = true };

    public long Size { get; }

    /// <summary>Whether it is 1, and the model has to say so.</summary>
    public bool IsLiteral => Root._isLiteral;

    /// <summary>The extent that stands for all that are joined.</summary>
    public Extent Root
    {
        get
        {
            var root = this;
            while (root._joined is { } next)
                root = next;
            if (root != this)
                _joined = root;
            return root;
        }
    }

    public static Extent Of(long size) => new(size);

    public static Extent[] Of(Shape shape)
    {
        var extents = new Extent[shape.Rank];
        for (int d = 0; d < extents.Length; d++)
            extents[d] = Of(shape[d]);
        return extents;
    }

    /// <summary>Notes that two are equal.</summary>
    public static Extent Join(Extent a, Extent b, string op)
    {
        if (a.Size != b.Size)
            throw new ShapeException(op, $"a graph asks sizes {a.Size} and {b.Size} to be equal.");
        var (keep, drop) = a == One ? (b.Root, a) : (a.Root, b.Root);
        keep._isLiteral |= drop._isLiteral;
        if (keep != drop && drop != One) // which is shared by all graphs
            drop._joined = keep;
        return keep;
    }

    /// <summary>What the operands of an elementwise operation broadcast to.</summary>
    public static Extent[] Broadcast(ReadOnlySpan<GraphValue> operands, string op)
    {
        var result = operands[0].Extents;
        foreach (var operand in operands[1..])
            result = Broadcast(result, operand.Extents, op);
        return result;
    }

    public static Extent[] Broadcast(Extent[] a, Extent[] b, string op)
    {
        if (a == b || b.Length == 0)
            return a;
        if (a.Length < b.Length)
            (a, b) = (b, a);
        var result = (Extent[])a.Clone();
        for (int d = 1; d <= b.Length; d++)
            result[^d] = a[^d] == One ? b[^d] : b[^d] == One ? a[^d] : Stretch(a[^d], b[^d], op);
        return result;
    }

    /// <summary>The extents of a value that is reshaped: those that it keeps at the front and at the back, and new ones.</summary>
    public static Extent[] Reshape(Extent[] from, Shape to)
    {
        var result = Of(to);
        int front = 0, back = 0, most = Math.Min(from.Length, result.Length);
        while (front < most && from[front].Size == result[front].Size)
            result[front] = from[front++];
        while (front + back < most && from[^(back + 1)].Size == result[^(back + 1)].Size)
            result[^(back + 1)] = from[^(++back)];
        return result;
    }

    /// <summary>The extents of a value that is expanded: new ones where it is stretched.</summary>
    public static Extent[] Expand(Extent[] from, Shape to)
    {
        var result = Of(to);
        for (int d = 1; d <= from.Length; d++)
            if (from[^d].Size == result[^d].Size)
                result[^d] = from[^d];
        return result;
    }

    private static Extent Stretch(Extent a, Extent b, string op)
    {
        if (a.Size == b.Size || (a.Size != 1 && b.Size != 1))
            return Join(a, b, op);
        (a.Size == 1 ? a : b).Root._isLiteral = true;
        return a.Size == 1 ? b : a;
    }
}
