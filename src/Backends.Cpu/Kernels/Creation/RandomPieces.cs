using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Pieces of random numbers: what a kernel makes of them stays in the first-level cache until it is a result.</summary>
internal static unsafe class RandomPieces
{
    /// <summary>Elements of a piece; four share a counter.</summary>
    public const int Size = 1024;

    /// <summary>Of the words of an element, in additions.</summary>
    public const int Cost = 4;

    /// <summary>Shares out the pieces of a result.</summary>
    public static void Run<TWork>(WorkerPool pool, long count, int cost, ref TWork work) where TWork : struct, IChunkWork =>
        Chunks.Run(pool, (count + Size - 1) / Size, (long)Size * cost, ref work);

    /// <summary>The words of some elements, the first of which is the first of a block; room for whole blocks.</summary>
    public static void Words(uint* words, ulong key, ulong counter, long first, nint count) =>
        PhiloxRow.Run(words, (count + 3) / 4, key, counter + (ulong)(first / 4));

    /// <summary>y = the upper bits of the words over 2^bits; all bits count.</summary>
    public static void Uniform(float* y, uint* words, nint count, int bits)
    {
        var body = new UniformBody { Y = y, Words = words, Count = count, Bits = bits };
        WidestVector.Run<UniformBody, float>(ref body);
        float scale = (float)Math.ScaleB(1, -bits);
        for (nint i = body.Done; i < count; i++)
            y[i] = (int)(words[i] >> (32 - bits)) * scale;
    }

    /// <summary>y = 26 bits of one word and 27 of another, over 2^53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(double* y, uint* high, uint* low, nint count)
    {
        double scale = Math.ScaleB(1, -53);
        for (nint i = 0; i < count; i++)
            y[i] = (((long)(high[i] >> 6) << 27) | (low[i] >> 5)) * scale;
    }

    private struct UniformBody : IVectorBody<float>
    {
        public float* Y;
        public uint* Words;
        public nint Count;
        public nint Done;
        public int Bits;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V, L>() where V : struct where L : struct, ISimd<V, float>
        {
            V mask = L.CreateInt32((1 << Bits) - 1), scale = L.Create((float)Math.ScaleB(1, -Bits));
            int shift = 32 - Bits;
            nint i = 0;
            for (; i + L.Count <= Count; i += L.Count)
                L.Store(Y + i, L.Multiply(L.FromInt32(L.And(L.ShiftRight32(L.Load((float*)Words + i), shift), mask)), scale));
            Done = i;
        }
    }
}
