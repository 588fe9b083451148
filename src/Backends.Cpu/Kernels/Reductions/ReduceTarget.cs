using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Where a reduction leaves what it combined: finished results, or intermediate ones for a kernel that goes on with them.</summary>
internal unsafe struct ReduceTarget<TOp, T, TSum>
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Receives intermediate results; null when <see cref="Y"/> receives finished ones.</summary>
    public TSum* Sums;

    public byte* Y;
    public ElementType Type;
    public double Divisor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(long index, TSum sum)
    {
        if (Sums is not null)
        {
            Sums[index] = sum;
            return;
        }

        var value = TOp.Finish(sum, Divisor);
        if (Type.Converts)
            Type.Store((byte*)&value, Y + (index * Type.Size), Type.Size, 1);
        else
            ((T*)Y)[index] = value;
    }

    /// <summary>Neighbours, from <paramref name="index"/> on.</summary>
    public readonly void Write(long index, TSum* sums, nint count)
    {
        if (Sums is null && !Type.Converts)
        {
            T* y = (T*)Y + index;
            double divisor = Divisor;
            if (count > 1 && TOp.FinishRow(y, sums, count)) // for one alone a kernel need not be compiled
                return;
            for (nint i = 0; i < count; i++)
                y[i] = TOp.Finish(sums[i], divisor);
            return;
        }

        for (nint i = 0; i < count; i++)
            Write(index + i, sums[i]);
    }
}
