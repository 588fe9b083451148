namespace Nabla;

/// <content>Joining tensors.</content>
public sealed partial class Tensor
{
    /// <summary>Joins along dimension 1, or 0 for vectors. PyTorch: <c>torch.hstack</c>.</summary>
    public static Tensor HStack(params ReadOnlySpan<Tensor> tensors)
    {
        using var temporaries = TemporaryScope.Open();
        var parts = AtLeast(tensors, 1, "hstack");
        return temporaries.Keep(Cat(parts, parts[0].Dim == 1 ? 0 : 1));
    }

    /// <summary>Joins along dimension 0; vectors are rows. PyTorch: <c>torch.vstack</c>.</summary>
    public static Tensor VStack(params ReadOnlySpan<Tensor> tensors)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Cat(AtLeast(tensors, 2, "vstack"), 0));
    }

    /// <summary>Joins along dimension 2; vectors are [1, n, 1], matrices [m, n, 1]. PyTorch: <c>torch.dstack</c>.</summary>
    public static Tensor DStack(params ReadOnlySpan<Tensor> tensors)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Cat(AtLeast(tensors, 3, "dstack"), 2));
    }

    /// <summary>Joins along dimension 1; vectors are columns. PyTorch: <c>torch.column_stack</c>.</summary>
    public static Tensor ColumnStack(params ReadOnlySpan<Tensor> tensors)
    {
        using var temporaries = TemporaryScope.Open();
        var parts = AtLeast(tensors, 1, "column_stack");
        for (int i = 0; i < parts.Length; i++)
            if (parts[i].Dim == 1)
                parts[i] = parts[i].Unsqueeze(1);
        return temporaries.Keep(Cat(parts, 1));
    }

    /// <summary>Matrices along the diagonal of a larger one, which is zero elsewhere; vectors are rows. PyTorch: <c>torch.block_diag</c>.</summary>
    /// <exception cref="ShapeException">A tensor has more than two dimensions.</exception>
    public static Tensor BlockDiag(params ReadOnlySpan<Tensor> tensors)
    {
        using var temporaries = TemporaryScope.Open();
        var dtype = Promotion.Result(tensors);
        var blocks = new Tensor[tensors.Length];
        long width = 0, before = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            if (tensors[i].Dim > 2)
                throw new ShapeException("block_diag", $"tensor {i} has the shape {tensors[i].Shape}: blocks have at most two dimensions.");
            blocks[i] = AtLeast([tensors[i]], 2, "block_diag")[0].Cast(dtype);
            width += blocks[i].Shape[1];
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            long own = blocks[i].Shape[1];
            blocks[i] = blocks[i].Pad([before, width - before - own]);
            before += own;
        }

        return temporaries.Keep(blocks.Length == 0 ? Zeros([1, 0]) : Cat(blocks, 0));
    }

    /// <summary>All pairs (triples, …) of elements of vectors, as rows. PyTorch: <c>torch.cartesian_prod</c>.</summary>
    /// <exception cref="ShapeException">A tensor is not a vector.</exception>
    public static Tensor CartesianProd(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            if (tensor.Dim != 1)
                throw new ShapeException("cartesian_prod", $"{tensor.Shape} is not a vector.");
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(tensors.Length == 1 ? tensors[0] : Stack(Meshgrid(tensors), -1).Reshape(-1, tensors.Length));
    }

    /// <summary>All choices of <paramref name="r"/> elements of a vector, as rows, in order. PyTorch: <c>torch.combinations</c>.</summary>
    /// <param name="r">How many are chosen.</param>
    /// <param name="withReplacement">Whether an element can be chosen again.</param>
    /// <exception cref="ShapeException">This is not a vector.</exception>
    /// <exception cref="TensorArgumentException"><paramref name="r"/> is negative.</exception>
    public Tensor Combinations(int r = 2, bool withReplacement = false)
    {
        if (Dim != 1)
            throw new ShapeException("combinations", $"{Shape} is not a vector.");
        if (r < 0)
            throw new TensorArgumentException("combinations", $"{r} elements cannot be chosen.");
        using var temporaries = TemporaryScope.Open();
        if (r == 0)
            return temporaries.Keep(Zeros([0], DType, Device));
        List<long> rows = [];
        var chosen = new long[r];
        Choose(0, 0);
        long count = rows.Count / r;
        return temporaries.Keep(Gather(0, From<long>(rows.ToArray(), [rows.Count], device: Device)).Reshape(count, r));

        void Choose(int position, long first)
        {
            if (position == r)
            {
                rows.AddRange(chosen);
                return;
            }

            for (long i = first; i < Shape[0]; i++)
            {
                chosen[position] = i;
                Choose(position + 1, withReplacement ? i : i + 1);
            }
        }
    }

    /// <summary>With dimensions of size 1 added where there are too few: in front, and for three also behind, as the stacks have it.</summary>
    private static Tensor[] AtLeast(ReadOnlySpan<Tensor> tensors, int rank, string op)
    {
        if (tensors.IsEmpty)
            throw new TensorArgumentException(op, "there is nothing to join: pass at least one tensor.");
        var parts = tensors.ToArray();
        for (int i = 0; i < parts.Length; i++)
        {
            var x = parts[i];
            if (x.Dim == 0)
                x = x.Reshape(1);
            if (rank >= 2 && x.Dim == 1)
                x = x.Unsqueeze(0);
            if (rank >= 3 && x.Dim == 2)
                x = x.Unsqueeze(2);
            parts[i] = x;
        }

        return parts;
    }
}
