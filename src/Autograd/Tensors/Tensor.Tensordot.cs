namespace Nabla;

/// <content>Products over chosen dimensions, and of many matrices.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// Sums of products over the last dimensions of this and the first of the other. PyTorch: <c>torch.tensordot</c>.
    /// </summary>
    /// <exception cref="ShapeException">The sizes of the dimensions differ.</exception>
    public Tensor Tensordot(Tensor other, int dims = 2)
    {
        if (dims < 0 || dims > Dim || dims > other.Dim)
            throw new TensorArgumentException("tensordot", $"{dims} dimensions cannot be summed of {Shape} and {other.Shape}.");
        return Tensordot(other, [.. Enumerable.Range(Dim - dims, dims)], [.. Enumerable.Range(0, dims)]);
    }

    /// <summary>
    /// Sums of products over dimensions of this, each with its own of the other; what is left of this comes first.
    /// PyTorch: <c>torch.tensordot</c>.
    /// </summary>
    /// <exception cref="ShapeException">The sizes of the dimensions differ.</exception>
    public Tensor Tensordot(Tensor other, ReadOnlySpan<int> dims, ReadOnlySpan<int> otherDims)
    {
        const string Op = "tensordot";
        if (dims.Length != otherDims.Length)
            throw new TensorArgumentException(Op, $"{dims.Length} and {otherDims.Length} dimensions are no pairs.");
        using var temporaries = TemporaryScope.Open();
        var (summed, otherSummed) = (Distinct(Shape, dims, Op), Distinct(other.Shape, otherDims, Op));
        for (int i = 0; i < summed.Length; i++)
            if (Shape[summed[i]] != other.Shape[otherSummed[i]])
                throw new ShapeException(Op, $"dimension {dims[i]} of {Shape} and {otherDims[i]} of {other.Shape} differ in size.");
        int[] free = [.. Enumerable.Range(0, Dim).Except(summed)], otherFree = [.. Enumerable.Range(0, other.Dim).Except(otherSummed)];
        long inner = summed.Aggregate(1L, (product, d) => product * Shape[d]);
        long rows = free.Aggregate(1L, (product, d) => product * Shape[d]), columns = otherFree.Aggregate(1L, (product, d) => product * other.Shape[d]);
        int[] order = [.. free, .. summed], otherOrder = [.. otherSummed, .. otherFree];
        var product = Permute(order).Reshape(rows, inner).MatMul(other.Permute(otherOrder).Reshape(inner, columns));
        long[] sizes = [.. free.Select(d => Shape[d]), .. otherFree.Select(d => other.Shape[d])];
        return temporaries.Keep(product.Reshape(sizes));
    }

    /// <summary>
    /// The product of matrices in the order that needs the fewest multiplications; the first may be a row, the last a column vector.
    /// PyTorch: <c>torch.linalg.multi_dot</c>.
    /// </summary>
    /// <exception cref="ShapeException">A matrix in between is none, or sizes differ.</exception>
    public static Tensor MultiDot(params ReadOnlySpan<Tensor> tensors)
    {
        const string Op = "multi_dot";
        if (tensors.Length < 2)
            throw new TensorArgumentException(Op, $"at least two matrices are multiplied, not {tensors.Length}.");
        using var temporaries = TemporaryScope.Open();
        var chain = tensors.ToArray();
        bool row = chain[0].Dim == 1, column = chain[^1].Dim == 1;
        if (row)
            chain[0] = chain[0].Unsqueeze(0);
        if (column)
            chain[^1] = chain[^1].Unsqueeze(1);
        for (int i = 0; i < chain.Length; i++)
            if (chain[i].Dim != 2)
                throw new ShapeException(Op, $"tensor {i} has the shape {tensors[i].Shape}; all are matrices, the first and last perhaps vectors.");
        for (int i = 1; i < chain.Length; i++)
            if (chain[i - 1].Shape[1] != chain[i].Shape[0])
                throw new ShapeException(Op, $"inner sizes of tensors {i - 1} and {i} differ: {tensors[i - 1].Shape} @ {tensors[i].Shape}.");
        var product = Multiply(chain, BestSplits(chain), 0, chain.Length - 1);
        if (row)
            product = product.Squeeze(0);
        return temporaries.Keep(column ? product.Squeeze(-1) : product);
    }

    /// <summary>Where each run of matrices is best cut: dynamic programming over lengths. Source: Cormen et al., "Introduction to Algorithms", 15.2.</summary>
    private static int[,] BestSplits(Tensor[] chain)
    {
        int n = chain.Length;
        var cost = new double[n, n];
        var split = new int[n, n];
        for (int length = 1; length < n; length++)
        {
            for (int i = 0; i + length < n; i++)
            {
                int j = i + length;
                cost[i, j] = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double c = cost[i, k] + cost[k + 1, j] + (double)chain[i].Shape[0] * chain[k].Shape[1] * chain[j].Shape[1];
                    if (c < cost[i, j])
                        (cost[i, j], split[i, j]) = (c, k);
                }
            }
        }

        return split;
    }

    private static Tensor Multiply(Tensor[] chain, int[,] split, int from, int to) => from == to
        ? chain[from]
        : Multiply(chain, split, from, split[from, to]).MatMul(Multiply(chain, split, split[from, to] + 1, to));

    private static int[] Distinct(Shape shape, ReadOnlySpan<int> dims, string op)
    {
        var axes = new int[dims.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = shape.Axis(dims[i], op);
            if (axes.AsSpan(0, i).Contains(axes[i]))
                throw new TensorArgumentException(op, $"dimension {dims[i]} is named more than once.");
        }

        return axes;
    }
}
