using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The driver of every elementwise operation: coalesces dimensions, shares out elements among threads, and hands rows of contiguous
/// elements to the operation. What is strided or of a half type passes through buffers on the stack.
/// </summary>
internal static unsafe class ElementwiseLoop
{
    /// <summary>Additions below which a part would end before a worker has noticed it.</summary>
    private const long MinWorkPerPart = 1 << 15;

    /// <summary>y[i] = f(a[i]).</summary>
    public static void Run(WorkerPool pool, Row row, in Operand y, in Operand a) => Run(pool, row, 1, y, a, default, default);

    /// <summary>y[i] = f(a[i], b[i]).</summary>
    public static void Run(WorkerPool pool, Row row, in Operand y, in Operand a, in Operand b) => Run(pool, row, 2, y, a, b, default);

    /// <summary>y[i] = f(a[i], b[i], c[i]); fewer inputs than three leave the others as they are.</summary>
    public static void Run(WorkerPool pool, Row row, int inputs, in Operand y, in Operand a, in Operand b, in Operand c)
    {
        long count = y.Shape!.ElementCount;
        if (count == 0)
            return;
        int scalars = 0;
        if (count * row.Cost < 2 * MinWorkPerPart && Fits(y, y) && Direct(y, a, 1, ref scalars)
            && (inputs < 2 || Direct(y, b, 2, ref scalars)) && (inputs < 3 || Direct(y, c, 4, ref scalars)))
        {
            row.Function(y.Pointer, a.Pointer, b.Pointer, c.Pointer, (nint)count, scalars);
            return;
        }

        RunNest(pool, row, inputs, y, a, b, c);
    }

    private static bool Direct(in Operand y, in Operand x, int bit, ref int scalars)
    {
        if (x.IsScalar)
        {
            scalars |= bit;
            return !x.Type.Converts;
        }

        return Fits(y, x);
    }

    private static bool Fits(in Operand y, in Operand x) => !x.Type.Converts && x.Shape == y.Shape && x.IsContiguous;

    [SkipLocalsInit]
    private static void RunNest(WorkerPool pool, Row row, int inputs, in Operand y, in Operand a, in Operand b, in Operand c)
    {
        LoopNest nest;
        Unsafe.SkipInit(out nest);
        nest.Begin(y.Shape!);
        nest.Set(0, y.Shape, y.Strides, y.Type.Size);
        nest.Set(1, a.Shape, a.Strides, a.Type.Size);
        if (inputs > 1) nest.Set(2, b.Shape, b.Strides, b.Type.Size);
        if (inputs > 2) nest.Set(3, c.Shape, c.Strides, c.Type.Size);
        nest.Coalesce(inputs + 1);

        var body = new ElementwiseBody(&nest, row, inputs, y, a, b, c);
        long parts = Math.Clamp(nest.Count * row.Cost / MinWorkPerPart, 1, pool.Threads);
        if (parts == 1)
        {
            body.Chunk = nest.Count;
            body.Run(0);
            return;
        }

        // More parts than threads: a thread that starts late then takes fewer. Whole cache lines each, so that none is shared.
        parts = Math.Min(parts * 4, nest.Count * row.Cost / (MinWorkPerPart / 2));
        body.Chunk = (((nest.Count + parts - 1) / parts) + 63) & ~63L;
        pool.For((int)((nest.Count + body.Chunk - 1) / body.Chunk), ref body);
    }
}
