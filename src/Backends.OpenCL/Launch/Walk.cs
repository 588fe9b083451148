using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// How up to four tensors are walked together: sizes, and a step for each tensor and dimension, innermost first. Passed to kernels by
/// value; the same structure stands in common.cl. Dimensions are dropped and merged first, so that dense operands have one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Walk
{
    public const int MaxOperands = 4;

    public int Rank;
    public int Count;
    public fixed int Size[Shape.MaxRank];
    public fixed int Step[MaxOperands * Shape.MaxRank];
    public fixed int Offset[MaxOperands];

    /// <summary>The walk over all elements of a shape, to which the tensors broadcast.</summary>
    public static Walk Over(Shape shape, params ReadOnlySpan<DeviceTensor> tensors)
    {
        int rank = shape.Rank;
        Span<long> steps = stackalloc long[tensors.Length * rank];
        Walk walk = default;
        for (int i = 0; i < tensors.Length; i++)
        {
            Broadcasting.Stretch(tensors[i].Shape, tensors[i].Layout.Strides, shape, steps.Slice(i * rank, rank));
            walk.Offset[i] = (int)tensors[i].Layout.Offset;
        }

        walk.Set(shape, steps, tensors.Length);
        return walk;
    }

    /// <summary>Sets sizes and steps; <paramref name="steps"/> has those of operand 0 first, outermost dimension first.</summary>
    public void Set(ReadOnlySpan<long> dims, ReadOnlySpan<long> steps, int operands)
    {
        long count = 1;
        int rank = 0;
        for (int d = dims.Length - 1; d >= 0; d--)
        {
            count *= dims[d];
            if (dims[d] == 1)
                continue;
            if (rank > 0 && Continues(rank - 1, steps, d, dims.Length, operands))
            {
                Size[rank - 1] *= (int)dims[d];
                continue;
            }

            Size[rank] = (int)dims[d];
            for (int i = 0; i < operands; i++)
                Step[(i * Shape.MaxRank) + rank] = (int)steps[(i * dims.Length) + d];
            rank++;
        }

        Count = (int)count;
        Rank = Math.Max(rank, 1);
        if (rank == 0)
            Size[0] = 1;
    }

    /// <summary>Exchanges operands 0 and 1.</summary>
    public void SwapFirstTwo()
    {
        (Offset[0], Offset[1]) = (Offset[1], Offset[0]);
        for (int d = 0; d < Rank; d++)
            (Step[d], Step[Shape.MaxRank + d]) = (Step[Shape.MaxRank + d], Step[d]);
    }

    /// <summary>Whether dimension d goes on where the merged dimension ends, for every operand.</summary>
    private readonly bool Continues(int merged, ReadOnlySpan<long> steps, int d, int rank, int operands)
    {
        for (int i = 0; i < operands; i++)
            if (steps[(i * rank) + d] != (long)Step[(i * Shape.MaxRank) + merged] * Size[merged])
                return false;
        return true;
    }
}
