namespace Nabla;

/// <content>Triangles and diagonals of matrices: the last two dimensions, unless others are named.</content>
public sealed partial class Tensor
{
    /// <summary>
    /// The lower triangle, zeros above: y[i, j] = x[i, j] where j - i is at most <paramref name="diagonal"/>. PyTorch: <c>torch.tril</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    public Tensor Tril(long diagonal = 0) => Triangle("tril", diagonal, lower: true);

    /// <summary>
    /// The upper triangle, zeros below: y[i, j] = x[i, j] where j - i is at least <paramref name="diagonal"/>. PyTorch: <c>torch.triu</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are fewer than two dimensions.</exception>
    public Tensor Triu(long diagonal = 0) => Triangle("triu", diagonal, lower: false);

    /// <summary>
    /// The elements x[i, i + offset] of two dimensions, as a new last one, sharing memory. PyTorch: <c>torch.diagonal</c>.
    /// </summary>
    /// <exception cref="TensorArgumentException">The two dimensions are one.</exception>
    public Tensor Diagonal(long offset = 0, int dim1 = 0, int dim2 = 1)
    {
        const string Op = "diagonal";
        if (Dim < 2)
            throw new ShapeException(Op, $"{Shape} has no two dimensions.");
        int first = Shape.Axis(dim1, Op), second = Shape.Axis(dim2, Op);
        if (first == second)
            throw new TensorArgumentException(Op, $"dimensions {dim1} and {dim2} are one and the same.");
        return Apply(new DiagonalOp(first, second, offset));
    }

    /// <summary>
    /// Matrices that hold the last dimension on a diagonal, zeros elsewhere; <paramref name="dim1"/> and <paramref name="dim2"/> say where the
    /// rows and columns are among the result's dimensions. PyTorch: <c>torch.diag_embed</c>.
    /// </summary>
    public Tensor DiagEmbed(long offset = 0, int dim1 = -2, int dim2 = -1)
    {
        const string Op = "diag_embed";
        if (Dim == 0)
            throw new ShapeException(Op, "a tensor without dimensions is no diagonal.");
        using var temporaries = TemporaryScope.Open();
        int rank = Dim + 1, first = Shape.Axis(dim1, rank, Op), second = Shape.Axis(dim2, rank, Op);
        if (first == second)
            throw new TensorArgumentException(Op, $"dimensions {dim1} and {dim2} are one and the same.");
        if (first > second)
            return temporaries.Keep(DiagEmbed(-offset, second, first));
        ReadOnlySpan<long> sizes = Shape;
        long size = sizes[^1] + Math.Abs(offset);
        var matrices = Zeros([.. sizes[..^1], size, size], DType, Device);
        matrices.Diagonal(offset, -2, -1).Copy_(this);

        // The matrices are the last two dimensions: move them to where they are asked for.
        var order = new int[rank];
        (order[first], order[second]) = (rank - 2, rank - 1);
        for (int d = 0, next = 0; d < rank; d++)
            if (d != first && d != second)
                order[d] = next++;
        return temporaries.Keep(matrices.Permute(order));
    }

    /// <summary>
    /// Of a vector, the matrix with it on a diagonal; of a matrix, that diagonal. PyTorch: <c>torch.diag</c>.
    /// </summary>
    /// <exception cref="ShapeException">There are neither one nor two dimensions.</exception>
    public Tensor Diag(long diagonal = 0)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Dim switch
        {
            1 => DiagEmbed(diagonal),
            2 => Diagonal(diagonal).Clone(),
            _ => throw new ShapeException("diag", $"{Shape} is neither a vector nor a matrix; use Diagonal or DiagEmbed."),
        });
    }

    /// <summary>The sum of a matrix's diagonal. PyTorch: <c>torch.trace</c>.</summary>
    /// <exception cref="ShapeException">This is no matrix.</exception>
    public Tensor Trace()
    {
        if (Dim != 2)
            throw new ShapeException("trace", $"{Shape} is no matrix; use Diagonal(0, -2, -1).Sum(-1) for many.");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Diagonal().Sum());
    }

    private Tensor Triangle(string op, long diagonal, bool lower)
    {
        if (Dim < 2)
            throw new ShapeException(op, $"{Shape} is no matrix: it has fewer than two dimensions.");
        using var temporaries = TemporaryScope.Open();
        var rows = Create(new ArangeOp(DType.Int64, Shape[^2]), [diagonal, 1], Device).Unsqueeze(1);
        var columns = Create(new ArangeOp(DType.Int64, Shape[^1]), [0, 1], Device);
        return temporaries.Keep(Where(lower ? columns.Le(rows) : columns.Ge(rows), this, Full([], 0, DType, Device)));
    }
}
