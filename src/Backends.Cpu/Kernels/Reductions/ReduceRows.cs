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
    public TSum* Sums;
    public long OutputsPerPart;
    public long Segments;
    public long SegmentLength;

    [SkipLocalsInit]
    public readonly void Run(int part)
    {
        byte* buffer = stackalloc byte[ReduceReader.Buffer * sizeof(double)];
        long segment = part % Segments, group = part / Segments;
        long first = group * OutputsPerPart, end = Math.Min(first + OutputsPerPart, Nest->Outputs);
        long start = segment * SegmentLength, count = Math.Min(SegmentLength, Nest->Count - start);
        for (long output = first; output < end; output++)
        {
            var reader = new ReduceReader(Nest, Type, X + Nest->OutputOffset(output), start, count);
            var sum = TOp.Seed;
            while (reader.Next(buffer, out byte* piece, out nint length))
                sum = TOp.Combine(sum, TOp.Block((T*)piece, length));
            Sums[(segment * Nest->Outputs) + output] = sum;
        }
    }
}
