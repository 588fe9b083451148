using System.Numerics;

namespace Nabla;

/// <summary>Picks the best of what parts of a search have found.</summary>
internal unsafe struct ArgPick<T, TBetter> : IChunkWork where T : unmanaged, INumber<T> where TBetter : struct, IComparison
{
    /// <summary>What is searched; where rows were folded, before that.</summary>
    public ReduceNest* Nest;

    public byte* X;
    public long* Y;

    /// <summary>Indices by segment; of rows that were folded.</summary>
    public long* Candidates;

    public long Segments;
    public long Fold;

    public readonly void Run(long start, long count)
    {
        long inner = Fold == 1 ? 1 : Nest->KeptSizes[0];
        for (long output = start; output < start + count; output++)
        {
            byte* x = X + Nest->OutputOffset(output);
            nint stride = Nest->Rank == 0 ? 0 : (nint)Nest->Strides[0];
            long index = Nest->Count / Fold * Fold; // rows that were left over are candidates themselves
            long best = index < Nest->Count ? index : -1;
            for (index++; index < Nest->Count; index++)
                best = Better(x, stride, best, index);
            for (long segment = 0; segment < Segments; segment++)
            {
                long* candidates = Candidates + (segment * Nest->Outputs * Fold) + (output / inner * inner * Fold) + (output % inner);
                for (long k = 0; k < Fold; k++)
                    best = Better(x, stride, best, (candidates[k * inner] * Fold) + k);
            }

            Y[output] = best;
        }
    }

    private static long Better(byte* x, nint stride, long best, long index)
    {
        if (best < 0)
            return index;
        T a = *(T*)(x + (index * stride)), b = *(T*)(x + (best * stride));
        bool equal = a == b || (T.IsNaN(a) && T.IsNaN(b));
        return equal ? Math.Min(best, index) : TBetter.Apply(a, b) || T.IsNaN(a) ? index : best;
    }
}
