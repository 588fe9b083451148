// The place of the largest or smallest element along a dimension: the first of equal ones, the first NaN where there is one. Long
// dimensions take two passes: the best of each segment, then, among those candidates, the best of all.
kernel void arg_reduce(Line kept, int count, int step, int smallest, int segments, int segment, int items, int chosen,
    const global long *candidates, const global T *x, global long *y)
{
    size_t units = get_global_size(0), share = ((size_t)items + units - 1) / units;
    size_t from = get_global_id(0) * share, to = min((size_t)items, from + share);
    for (size_t item = from; item < to; item++)
    {
        int result = (int)(item / segments), first = (int)(item % segments) * segment, left;
        int end = min(count - first, segment) + first;
        int base = seek_line(&kept, result, &left);
        long best = chosen ? candidates[result * count + first] : first;
        C value = LOAD(x, base + (int)best * step);
        for (int i = first + 1; i < end && !IS_NAN(value); i++)
        {
            long place = chosen ? candidates[result * count + i] : i;
            C other = LOAD(x, base + (int)place * step);
            if (IS_NAN(other) || (smallest ? other < value : other > value))
            {
                value = other;
                best = place;
            }
        }
        y[item] = best;
    }
}
