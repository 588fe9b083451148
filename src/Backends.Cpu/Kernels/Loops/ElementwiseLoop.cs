using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The driver of every elementwise operation: coalesces dimensions, shares out elements among threads, and hands rows of contiguous
/// elements to the operation. What is strided or of a half type passes through buffers on the stack.
/// </summary>
internal static unsafe class ElementwiseLoop
{
    /// <summary>
    /// Parts for each thread of what goes past the caches, so that threads end together also where one is taken away for a while. Within the
    /// caches that many are slower: there each thread finds what it has had before.
    /// </summary>
    private const int StreamedParts = 32;

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
        bool undivided = count * row.Cost < 2 * Chunks.MinWorkPerPart || (pool.Threads == 1 && count * y.Type.Size <= CpuCaches.LastLevelBytes);
        if (undivided && Fits(y, y) && Direct(y, a, 1, ref scalars)
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
        ReadOnlySpan<Operand> operands = [y, a, b, c];
        operands = operands[..(inputs + 1)];
        LoopNest nest;
        Unsafe.SkipInit(out nest);
        nest.Begin(y.Shape!);
        for (int k = 0; k < operands.Length; k++)
            nest.Set(k, operands[k].Shape, operands[k].Strides, operands[k].Type.Size);
        nest.Order(operands.Length);
        nest.Coalesce(operands.Length);

        long parts = Math.Clamp(nest.Count * row.Cost / Chunks.MinWorkPerPart, 1, pool.Threads);
        bool streams = Streams(nest.Count, operands);
        if (parts > 1) // more parts than threads: a thread that starts late then takes fewer
            parts = Math.Min(parts * (streams ? StreamedParts : 4), nest.Count * row.Cost / (Chunks.MinWorkPerPart / 2));
        if (parts > pool.Threads) // a multiple of the threads, so that none has a part more
            parts -= parts % pool.Threads;
        // Whole cache lines each, so that none is shared.
        long perPart = parts == 1 ? nest.Count : (((nest.Count + parts - 1) / parts) + 63) & ~63L;
        TilePlan plan;
        Unsafe.SkipInit(out plan);
        plan.Make(nest, operands, streams, row.Streamed == null, perPart);
        var body = new ElementwiseBody(&nest, &plan, row, operands) { TilesPerPart = plan.Tiles };
        if (parts > 1)
            body.TilesPerPart = (plan.Tiles + parts - 1) / parts;
        pool.For((int)((plan.Tiles + body.TilesPerPart - 1) / body.TilesPerPart), ref body);
    }

    /// <summary>Whether the result is better written past the caches: it is new, and fills them by itself.</summary>
    private static bool Streams(long count, ReadOnlySpan<Operand> operands)
    {
        foreach (var input in operands[1..])
            if (input.Pointer == operands[0].Pointer)
                return false;
        return count * operands[0].Type.Size > CpuCaches.LastLevelBytes;
    }
}
