using System.Numerics;

namespace Nabla;

/// <summary>Products: integers in 64 bits, which wrap as every width does; floats in binary64.</summary>
internal readonly unsafe struct ProdReduction<T, TSum> : IReduction<T, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    public static TSum Seed => TSum.One;

    public static TSum Combine(TSum a, TSum b) => unchecked(a * b);

    public static T Finish(TSum sum) => T.CreateTruncating(sum);

    public static TSum Block(T* x, nint count)
    {
        var product = TSum.One;
        for (nint i = 0; i < count; i++)
            product = unchecked(product * TSum.CreateTruncating(x[i]));
        return product;
    }

    public static void Rows(TSum* sums, T** rows, int rowCount, nint width)
    {
        for (int r = 0; r < rowCount; r++)
            for (nint i = 0; i < width; i++)
                sums[i] = unchecked(sums[i] * TSum.CreateTruncating(rows[r][i]));
    }
}
