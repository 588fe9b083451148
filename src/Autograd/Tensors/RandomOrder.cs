using System.Buffers;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>The order of random words: a permutation.</summary>
internal static class RandomOrder
{
    /// <summary>Sorted by one byte of the words after the other: the places that each pass writes to stay in the first-level cache.</summary>
    private const int Digits = sizeof(uint), Values = 1 << 8;

    /// <summary>So few are compared with each other: a pass takes as long as there are values of a byte.</summary>
    private const int Few = 128;

    /// <summary>Writes the positions of so many words in the order of the words, equal ones by position.</summary>
    public static void Fill(Span<long> order, ulong key, ulong counter)
    {
        var items = MemoryMarshal.Cast<long, ulong>(order);
        Draw(items, key, counter);
        if (items.Length <= Few)
            items.Sort();
        else
            Sort(items);
        foreach (ref ulong item in items)
            item = (uint)item;
    }

    /// <summary>Words, each with its position below it.</summary>
    private static void Draw(Span<ulong> items, ulong key, ulong counter)
    {
        int i = 0;
        for (; i + 4 <= items.Length; i += 4, counter++)
        {
            var (x0, x1, x2, x3) = Philox.Block(key, counter);
            items[i] = Item(x0, i);
            items[i + 1] = Item(x1, i + 1);
            items[i + 2] = Item(x2, i + 2);
            items[i + 3] = Item(x3, i + 3);
        }

        if (i == items.Length)
            return;
        Span<ulong> last = stackalloc ulong[4];
        Draw(last, key, counter);
        for (int j = 0; i < items.Length; i++, j++)
            items[i] = last[j] + (uint)(i - j);
    }

    private static ulong Item(uint word, int position) => ((ulong)word << 32) | (uint)position;

    private static void Sort(Span<ulong> items)
    {
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(items.Length);
        Span<ulong> from = items, to = rented.AsSpan(0, items.Length);
        Span<int> places = stackalloc int[Digits * Values];
        places.Clear();
        foreach (ulong item in items)
            for (int d = 0; d < Digits; d++)
                places[(d * Values) + Digit(item, d)]++;
        for (int d = 0; d < Digits; d++) // an even number: what is sorted is where it was
        {
            var place = places.Slice(d * Values, Values);
            int start = 0;
            foreach (ref int count in place)
                (count, start) = (start, start + count);
            foreach (ulong item in from)
                to[place[Digit(item, d)]++] = item;
            var other = from;
            from = to;
            to = other;
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static int Digit(ulong item, int d) => (byte)(item >> (32 + (8 * d)));
}
