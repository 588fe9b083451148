// y[.., index, ..] += source, in the order of the source: a work-item owns a part of a line of y and goes through the whole line of
// indices, so that no two write the same element and the order never changes.

// Half types are added in float and rounded once, by the host's next command.
#if IS(float16) || IS(bfloat16)
typedef float A;
#define SUM(a, b) ((a) + (b))
#elif FLOATING
typedef T A;
#define SUM(a, b) ((a) + (b))
#else
typedef T A;
#define SUM(a, b) ((A)((U)(a) + (U)(b)))
#endif

// The walk goes over lines: its operands are the index, the source and y, without the axis.
kernel void scatter_add(Walk lines, int axis, int count, int size, int index_step, int source_step, int y_step, int parts, int width, int items,
    const global long *index, const global T *source, global A *y, volatile global int *fault, int command)
{
    size_t units = get_global_size(0), share = ((size_t)items + units - 1) / units;
    size_t from = get_global_id(0) * share, to = min((size_t)items, from + share);
    for (size_t item = from; item < to; item++)
    {
        int offset[3], low = (int)(item % parts) * width, high = min(size - low, width) + low;
        seek(&lines, (int)(item / parts), 3, offset);
        for (int j = 0; j < count; j++)
        {
            long i = index[offset[0] + j * index_step];
            if (i >= low && i < high)
            {
                global A *at = y + offset[2] + (int)i * y_step;
                *at = SUM(*at, LOAD(source, offset[1] + j * source_step));
            }
            else if (i < 0 || i >= size)
                report(fault, FAULT_INDEX, command, axis, size, i);
        }
    }
}
