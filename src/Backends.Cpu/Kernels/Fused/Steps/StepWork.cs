using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The elements of all parameters in a row: threads share them out whatever the parameters' sizes.</summary>
internal unsafe struct StepWork<TFormula> : IChunkWork where TFormula : struct, IStepFormula
{
    /// <summary>What a formula writes in one pass it reads in the next, block by block: still in the cache.</summary>
    public const int Block = 2048;

    /// <summary>Parameters begin at multiples of this, as chunks do, so that no two threads share a cache line.</summary>
    private const int Quantum = 64;

    public StepPart* Parts;
    public int Count;
    public TFormula Formula;

    /// <summary>Where the next parameter begins.</summary>
    public static long After(in StepPart part) => (part.Start + part.Length + Quantum - 1) / Quantum * Quantum;

    [SkipLocalsInit]
    public readonly void Run(long start, long count)
    {
        float* scratch = stackalloc float[Block];
        long end = start + count;
        for (int k = Find(start); k < Count && Parts[k].Start < end; k++)
        {
            ref readonly var part = ref Parts[k];
            long last = Math.Min(end - part.Start, part.Length);
            for (long i = Math.Max(start - part.Start, 0); i < last; i += Block)
                Formula.Run(part, (nint)i, (nint)Math.Min(Block, last - i), scratch);
        }
    }

    /// <summary>The last parameter that begins at the element or before.</summary>
    private readonly int Find(long element)
    {
        int low = 0, high = Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Parts[middle].Start <= element)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
