namespace Nabla;

/// <content>Padding.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Surrounds with a value, or with what the tensor itself holds; negative amounts cut. PyTorch: <c>torch.nn.functional.pad</c>.
    /// </summary>
    /// <param name="pad">Pairs of amounts before and after: of the last dimension, then of the one before it, and so on.</param>
    /// <param name="mode">What surrounds.</param>
    /// <param name="value">The value for <see cref="PadMode.Constant"/>; by default 0.</param>
    /// <exception cref="TensorArgumentException">The amounts are no pairs, too many, or more than the mode can take from the tensor.</exception>
    /// <exception cref="ShapeException">More is cut than there is.</exception>
    public Tensor Pad(ReadOnlySpan<long> pad, PadMode mode = PadMode.Constant, Scalar value = default)
    {
        using var temporaries = TemporaryScope.Open();
        var x = Cut(pad);
        Span<long> before = stackalloc long[Dim], after = stackalloc long[Dim];
        bool grows = false;
        for (int i = 0; i < pad.Length / 2; i++)
        {
            int d = Dim - 1 - i;
            (before[d], after[d]) = (Math.Max(0, pad[2 * i]), Math.Max(0, pad[2 * i + 1]));
            grows |= before[d] + after[d] > 0;
        }

        if (!grows)
            return temporaries.Keep(x.Clone());
        if (mode == PadMode.Constant)
            return temporaries.Keep(Apply(new PadOp(ValueArray.Create<long>(before), ValueArray.Create<long>(after)), [x], [value]));
        for (int d = Dim - 1; d >= 0; d--)
            if (before[d] + after[d] > 0)
                x = x.Surround(d, before[d], after[d], mode);
        return temporaries.Keep(x);
    }

    private Tensor Surround(int axis, long before, long after, PadMode mode)
    {
        long size = Shape[axis], most = mode switch { PadMode.Reflect => size - 1, PadMode.Circular => size, _ => size > 0 ? long.MaxValue : 0 };
        if (before > most || after > most)
            throw new TensorArgumentException("pad", $"{before} before and {after} after dimension {axis} of {Shape} are more than the mode {mode} can take from it.");
        var (front, back) = mode switch
        {
            PadMode.Reflect => (Backwards(axis, before, before), Backwards(axis, size - 2, after)),
            PadMode.Circular => (Narrow(axis, size - before, before), Narrow(axis, 0, after)),
            _ => (Edge(axis, 0, before), Edge(axis, size - 1, after)),
        };
        return Cat([front, this, back], axis);
    }

    /// <summary>So many elements, from a position downwards.</summary>
    private Tensor Backwards(int axis, long from, long count) => Apply(SliceOp.Along(Shape, axis, Math.Max(0, from), count, -1));

    /// <summary>One element of a dimension, repeated.</summary>
    private Tensor Edge(int axis, long at, long count)
    {
        long[] shape = Shape.ToArray();
        shape[axis] = count;
        return Narrow(axis, at, 1).Expand(shape);
    }

    /// <summary>Checks the amounts, and cuts where they are negative.</summary>
    private Tensor Cut(ReadOnlySpan<long> pad)
    {
        if (pad.Length % 2 != 0 || pad.Length > 2 * Dim)
            throw new TensorArgumentException("pad", $"[{Shape.Join(pad)}] are not pairs for the {Dim} dimensions of {Shape}.");
        var x = this;
        for (int i = 0; i < pad.Length / 2; i++)
        {
            int d = Dim - 1 - i;
            long first = Math.Max(0, -pad[2 * i]), last = Math.Max(0, -pad[2 * i + 1]);
            if (Shape[d] + pad[2 * i] + pad[2 * i + 1] < 0 || first + last > Shape[d])
                throw new ShapeException("pad", $"[{Shape.Join(pad)}] cut more than dimension {d} of {Shape} has.");
            if (first + last > 0)
                x = x.Narrow(d, first, Shape[d] - first - last);
        }

        return x;
    }
}
