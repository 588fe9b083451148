using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Part of a reduction whose combined elements are neighbours: some outputs, or a segment of one.</summary>
internal unsafe struct ReduceRows<TOp, T, TSum> : IParallelBody
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Results of rows that are written together.</summary>
    private const int Collected = 64;

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
        if (!ReduceReader.IsOneRun(Nest, Type))
            RunRead(first, end, start, count, slot);
        else if (Segments == 1 && count <= ReduceReader.LongestPiece)
            RunShort(first, end, (nint)count);
        else
            RunLong(first, end, start, (nint)count, slot);
    }

    /// <summary>Rows of one piece each. Results are collected, so that little is done, and nothing else is loaded, between one row and the next.</summary>
    [SkipLocalsInit]
    private readonly void RunShort(long first, long end, nint count)
    {
        TSum* sums = stackalloc TSum[Collected];
        var (inner, stride) = Nest->KeptRank == 0 ? (1, 0) : (Nest->KeptSizes[0], (nint)Nest->KeptStrides[0]);
        for (long output = first; output < end;)
        {
            nint outputs = (nint)Math.Min(Math.Min(end - output, Collected), inner - (output % inner));
            byte* x = X + Nest->OutputOffset(output);
            for (nint i = 0; i < outputs; i++, x += stride)
                sums[i] = TOp.Block((T*)x, count);
            Target.Write(output, sums, outputs);
            output += outputs;
        }
    }

    private readonly void RunLong(long first, long end, long start, nint count, long slot)
    {
        for (long output = first; output < end; output++)
        {
            T* x = (T*)(X + Nest->OutputOffset(output)) + start;
            var sum = TOp.Seed;
            for (nint done = 0; done < count; done += ReduceReader.LongestPiece)
                sum = TOp.Combine(sum, TOp.Block(x + done, Math.Min(count - done, ReduceReader.LongestPiece)));
            Target.Write(slot + output, sum);
        }
    }

    [SkipLocalsInit]
    private readonly void RunRead(long first, long end, long start, long count, long slot)
    {
        byte* buffer = stackalloc byte[ReduceReader.Buffer * sizeof(T)];
        TSum* sums = stackalloc TSum[Collected];
        bool isOnePiece = Nest->Rank == 1 && count <= ReduceReader.Buffer;
        while (first < end)
        {
            nint outputs = (nint)Math.Min(end - first, Collected);
            for (nint i = 0; i < outputs; i++)
            {
                byte* x = X + Nest->OutputOffset(first + i);
                sums[i] = isOnePiece ? OnePiece(buffer, x + (start * Nest->Strides[0]), (nint)count) : Pieces(buffer, x, start, count);
            }

            Target.Write(slot + first, sums, outputs);
            first += outputs;
        }
    }

    /// <summary>A short row: no reader is worth its start.</summary>
    private readonly TSum OnePiece(byte* buffer, byte* x, nint count)
    {
        Type.Load(x, (nint)Nest->Strides[0], buffer, count);
        return TOp.Block((T*)buffer, count);
    }

    private readonly TSum Pieces(byte* buffer, byte* x, long start, long count)
    {
        var reader = new ReduceReader(Nest, Type, x, start, count);
        var sum = TOp.Seed;
        while (reader.Next(buffer, out byte* piece, out nint length))
            sum = TOp.Combine(sum, TOp.Block((T*)piece, length));
        return sum;
    }
}
