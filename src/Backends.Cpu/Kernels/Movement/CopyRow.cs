using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>y = a, and one a for all: copies and fills.</summary>
internal static unsafe class CopyRow<T> where T : unmanaged
{
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0)
            Fill((T*)y, *(T*)a, count);
        else if (y != a)
            NativeMemory.Copy(a, y, (nuint)(count * sizeof(T)));
    }

    /// <summary>The same past the caches: whole cache lines.</summary>
    public static void Streamed(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars == 0)
        {
            StreamedStores.Copy(a, y, count * sizeof(T));
            return;
        }

        T* line = stackalloc T[StreamedStores.Line / sizeof(T)];
        Fill(line, *(T*)a, StreamedStores.Line / sizeof(T));
        StreamedStores.Fill((byte*)line, y, count * sizeof(T));
    }

    /// <summary>
    /// A few elements, then copies of what is there, which double: there is nothing to compile. Where the vectors of a span are worth that, they take
    /// two thirds of the time.
    /// </summary>
    private static void Fill(T* y, T value, nint count)
    {
        const nint Few = 16, Most = 4096, Many = 16 * 1024; // the most stays in the first-level cache
        if (count * sizeof(T) > Many)
        {
            FillMany(y, value, count);
            return;
        }

        nint done = Math.Min(count, Few);
        for (nint i = 0; i < done; i++)
            y[i] = value;
        for (nint more; done < count; done += more)
        {
            more = Math.Min(count - done, Math.Min(done, Most / sizeof(T)));
            NativeMemory.Copy(y, y + done, (nuint)(more * sizeof(T)));
        }
    }

    /// <summary>Zeros are for the operating system's library, which knows how not to read what it overwrites.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillMany(T* y, T value, nint count)
    {
        if (!new ReadOnlySpan<byte>(&value, sizeof(T)).ContainsAnyExcept((byte)0))
        {
            NativeMemory.Clear(y, (nuint)(count * sizeof(T)));
            return;
        }

        for (nint done = 0; done < count; done += int.MaxValue)
            new Span<T>(y + done, (int)Math.Min(int.MaxValue, count - done)).Fill(value);
    }
}

/// <summary>Copies of any element type: only its size matters.</summary>
internal static unsafe class Copies
{
    private static readonly RowTable Rows = new(Create);

    /// <summary>Writes <paramref name="source"/>, which broadcasts, into <paramref name="destination"/>; both of one element type.</summary>
    public static void Run(WorkerPool pool, DType dtype, in Operand destination, in Operand source)
    {
        if (!Strided(pool, dtype, destination, source))
            ElementwiseLoop.Run(pool, Rows[dtype], destination, source);
    }

    /// <summary>Writes one tensor into another of the same specification.</summary>
    public static void Run(WorkerPool pool, DeviceTensor destination, DeviceTensor source)
    {
        var type = ElementType.Bits(source.DType);
        Run(pool, source.DType, new(destination, type), new(source, type));
    }

    /// <summary>Writes float32 into a half type, or the other way round: the loop converts what it reads and writes.</summary>
    public static void Convert(WorkerPool pool, DeviceTensor destination, DeviceTensor source) =>
        Run(pool, DType.Float32, new(destination, ElementType.Of(destination.DType)), new(source, ElementType.Of(source.DType)));

    /// <summary>Writes one number everywhere.</summary>
    public static void Fill(WorkerPool pool, DeviceTensor destination, Scalar value)
    {
        ulong bits = 0;
        Scalars.Write(value, destination.DType, (byte*)&bits);
        var type = ElementType.Bits(destination.DType);
        Run(pool, destination.DType, new(destination, type), new((byte*)&bits, type));
    }

    private static Row Create(DType dtype) => dtype.VisitBits<Visitor, Row>(default);

    private static bool Strided(WorkerPool pool, DType dtype, in Operand y, in Operand x)
    {
        if (x.IsScalar || y.Type.Converts || x.Type.Converts || y.Shape!.ElementCount == 0 || (x.IsContiguous && y.IsContiguous && x.Shape == y.Shape))
            return false;
        return dtype.Size() switch
        {
            1 => StridedCopy.Try<byte>(pool, y, x),
            2 => StridedCopy.Try<ushort>(pool, y, x),
            4 => StridedCopy.Try<uint>(pool, y, x),
            _ => StridedCopy.Try<ulong>(pool, y, x),
        };
    }

    private readonly struct Visitor : ISizeVisitor<Row>
    {
        Row ISizeVisitor<Row>.Bits<T>() => new(&CopyRow<T>.Run, streamed: &CopyRow<T>.Streamed);
    }
}
