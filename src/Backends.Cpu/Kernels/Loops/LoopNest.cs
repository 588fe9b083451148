namespace Nabla;

/// <summary>
/// The dimensions of an elementwise loop, innermost first, with the byte strides of up to four operands. Dimensions of size 1 are gone,
/// and neighbours that every operand walks in one stride are one.
/// </summary>
internal unsafe struct LoopNest
{
    public const int MaxOperands = 4;

    public int Rank;
    public long Count;
    public fixed long Sizes[Shape.MaxRank];
    private fixed long _strides[MaxOperands * Shape.MaxRank];

    /// <summary>The size of the innermost dimension; 1 when there is none.</summary>
    public readonly long Inner => Rank == 0 ? 1 : Sizes[0];

    public readonly long Stride(int operand, int d) => _strides[(operand * Shape.MaxRank) + d];

    /// <summary>Bytes between neighbours along the innermost dimension; one element's size where there is none.</summary>
    public readonly long InnerStride(int operand, int elementSize) => Inner == 1 ? elementSize : Stride(operand, 0);

    /// <summary>Bytes between neighbours along a dimension that is not the innermost; 0 where there is none.</summary>
    public readonly long AcrossStride(int operand, int d) => d == 0 ? 0 : Stride(operand, d);

    /// <summary>Starts a nest over the elements of a shape; operands follow with <see cref="Set"/>, then <see cref="Coalesce"/>.</summary>
    public void Begin(Shape shape)
    {
        Count = shape.ElementCount;
        Rank = shape.Rank;
        for (int d = 0; d < Rank; d++)
            Sizes[d] = shape[Rank - 1 - d];
    }

    /// <summary>Lays out an operand that broadcasts to the shape.</summary>
    public void Set(int operand, Shape? shape, Strides? strides, int elementSize)
    {
        int rank = shape?.Rank ?? 0;
        for (int d = 0; d < Rank; d++)
        {
            int own = rank - 1 - d;
            _strides[(operand * Shape.MaxRank) + d] = own < 0 || (shape![own] == 1 && Sizes[d] != 1) ? 0 : strides![own] * elementSize;
        }
    }

    /// <summary>Starts a nest over a batch of matrices: the dimensions before the last two. Operands follow with <see cref="SetLeading"/>.</summary>
    public void BeginLeading(Shape shape)
    {
        Count = 1;
        Rank = shape.Rank - 2;
        for (int d = 0; d < Rank; d++)
        {
            Sizes[d] = shape[Rank - 1 - d];
            Count *= Sizes[d];
        }
    }

    /// <summary>Lays out a batch of matrices by its dimensions before the last two, in elements.</summary>
    public void SetLeading(int operand, Shape shape, Strides strides)
    {
        for (int d = 0; d < Rank; d++)
        {
            int own = shape.Rank - 3 - d;
            _strides[(operand * Shape.MaxRank) + d] = own < 0 || (shape[own] == 1 && Sizes[d] != 1) ? 0 : strides[own];
        }
    }

    /// <summary>
    /// Orders the dimensions as the first operand lies in memory: in what order a result is written that is a permuted view does not matter. Before
    /// <see cref="Coalesce"/>.
    /// </summary>
    public void Order(int operands)
    {
        for (int d = 1; d < Rank; d++)
            for (int e = d; e > 0 && Math.Abs(Stride(0, e)) < Math.Abs(Stride(0, e - 1)); e--)
                Swap(e, e - 1, operands);
    }

    private void Swap(int d, int e, int operands)
    {
        (Sizes[d], Sizes[e]) = (Sizes[e], Sizes[d]);
        for (int k = 0; k < operands; k++)
        {
            int own = k * Shape.MaxRank;
            (_strides[own + d], _strides[own + e]) = (_strides[own + e], _strides[own + d]);
        }
    }

    public void Coalesce(int operands)
    {
        int last = -1;
        for (int d = 0; d < Rank; d++)
        {
            if (Sizes[d] == 1)
                continue;
            if (last >= 0 && Continues(last, d, operands))
            {
                Sizes[last] *= Sizes[d];
                continue;
            }

            last++;
            Sizes[last] = Sizes[d];
            for (int k = 0; k < operands; k++)
                _strides[(k * Shape.MaxRank) + last] = _strides[(k * Shape.MaxRank) + d];
        }

        Rank = last + 1;
    }

    private readonly bool Continues(int inner, int outer, int operands)
    {
        for (int k = 0; k < operands; k++)
            if (Stride(k, outer) != Stride(k, inner) * Sizes[inner])
                return false;
        return true;
    }
}
