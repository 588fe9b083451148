using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Sums: integers in 64 bits, which wrap as every width does; floats in binary64.</summary>
internal readonly unsafe struct SumReduction<T, TSum> : IReduction<T, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    public static TSum Seed => TSum.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum Combine(TSum a, TSum b) => unchecked(a + b);

    public static T Finish(TSum sum) => T.CreateTruncating(sum);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TSum Block(T* x, nint count)
    {
        TSum s0 = TSum.Zero, s1 = s0, s2 = s0, s3 = s0;
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            s0 += TSum.CreateTruncating(x[i]);
            s1 += TSum.CreateTruncating(x[i + 1]);
            s2 += TSum.CreateTruncating(x[i + 2]);
            s3 += TSum.CreateTruncating(x[i + 3]);
        }

        for (; i < count; i++)
            s0 += TSum.CreateTruncating(x[i]);
        return unchecked(s0 + s1 + (s2 + s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(TSum* sums, T** rows, int rowCount, nint width)
    {
        for (int r = 0; r < rowCount; r++)
            for (nint i = 0; i < width; i++)
                sums[i] = unchecked(sums[i] + TSum.CreateTruncating(rows[r][i]));
    }
}
