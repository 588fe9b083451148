using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Part of a reduction whose combined elements are neighbours: some outputs, or a segment of one.</summary>
internal unsafe struct ReduceRows<TOp, T, TSum> : IParallelBody
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    public ReduceNest* Nest;
    public ElementType Type;
    public byte* X;
    public ReduceTarget<TOp, T, TSum> Target;
    public long OutputsPerPart;
    public long Segments;
    public long SegmentLength;

    public readonly void Run(int part)
    {
        long segment = part % Segments, group = part / Segments;
        long first = group * OutputsPerPart, end = Math.Min(first + OutputsPerPart, Nest->Outputs);
        long start = segment * SegmentLength, count = Math.Min(SegmentLength, Nest->Count - start), slot = segment * Nest->Outputs;
        if (ReduceReader.IsOneRun(Nest, Type))
            RunDense(first, end, start, (nint)count, slot);
        else
            RunRead(first, end, start, count, slot);
    }

    private readonly void RunDense(long first, long end, long start, nint count, long slot)
    {
        for (long output = first; output < end; output++)
        {
            T* x = (T*)(X + Nest->OutputOffset(output)) + start;
            var sum = TOp.Block(x, Math.Min(count, ReduceReader.LongestPiece));
            for (nint done = ReduceReader.LongestPiece; done < count; done += ReduceReader.LongestPiece)
                sum = TOp.Combine(sum, TOp.Block(x + done, Math.Min(count - done, ReduceReader.LongestPiece)));
            Target.Write(slot + output, sum);
        }
    }

    [SkipLocalsInit]
    private readonly void RunRead(long first, long end, long start, long count, long slot)
    {
        byte* buffer = stackalloc byte[ReduceReader.Buffer * sizeof(double)];
        for (long output = first; output < end; output++)
        {
            var reader = new ReduceReader(Nest, Type, X + Nest->OutputOffset(output), start, count);
            var sum = TOp.Seed;
            while (reader.Next(buffer, out byte* piece, out nint length))
                sum = TOp.Combine(sum, TOp.Block((T*)piece, length));
            Target.Write(slot + output, sum);
        }
    }
}
