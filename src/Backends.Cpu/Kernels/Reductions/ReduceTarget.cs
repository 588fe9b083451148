using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Where a reduction leaves what it combined: finished results, or intermediate ones for a kernel that goes on with them.</summary>
internal unsafe struct ReduceTarget<TOp, T, TSum>
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Results that are converted together.</summary>
    private const int Piece = 256;

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
        if (Sums is not null)
            new Span<TSum>(sums, (int)count).CopyTo(new(Sums + index, (int)count));
        else if (Type.Converts)
            Convert(Y + (index * Type.Size), sums, count);
        else
            Finish((T*)Y + index, sums, count);
    }

    private readonly void Finish(T* y, TSum* sums, nint count)
    {
        if (count > 1 && TOp.FinishRow(y, sums, count, Divisor)) // for one alone a kernel need not be compiled
            return;
        double divisor = Divisor;
        for (nint i = 0; i < count; i++)
            y[i] = TOp.Finish(sums[i], divisor);
    }

    [SkipLocalsInit]
    private readonly void Convert(byte* y, TSum* sums, nint count)
    {
        T* values = stackalloc T[Piece];
        for (nint done = 0; done < count; done += Piece)
        {
            nint length = Math.Min(Piece, count - done);
            Finish(values, sums + done, length);
            Type.Store((byte*)values, y + (done * Type.Size), Type.Size, length);
        }
    }
}
