using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The largest or smallest; NaN wins over both.</summary>
internal readonly unsafe struct ChoiceReduction<TOp, T> : IReduction<T, T>
    where TOp : struct, INumberBinary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>What every element replaces; the infinities of floats, since the largest finite number is above -infinity.</summary>
    public static T Seed { get; } = FindSeed();

    public static T Combine(T a, T b) => TOp.Apply(a, b);

    public static T Finish(T sum) => sum;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Block(T* x, nint count)
    {
        var chosen = x[0];
        for (nint i = 1; i < count; i++)
            chosen = TOp.Apply(chosen, x[i]);
        return chosen;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(T* sums, T** rows, int rowCount, nint width)
    {
        for (int r = 0; r < rowCount; r++)
            for (nint i = 0; i < width; i++)
                sums[i] = TOp.Apply(sums[i], rows[r][i]);
    }

    private static T FindSeed()
    {
        bool largest = TOp.Apply(T.Zero, T.One) == T.One;
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return T.CreateTruncating(largest ? double.NegativeInfinity : double.PositiveInfinity);
        return largest ? T.MinValue : T.MaxValue;
    }
}
