// Elements as they are: the type only says how many bytes they have.

kernel void copy(Walk walk, const global T *x, global T *y)
{
    CHUNK(2)
    CV v = LOAD_CHUNK(x, 0);
    STORE_CHUNK(v, y, 1)
}

kernel void fill(Walk walk, T value, global T *y)
{
    CHUNK(1)
    STORE_CHUNK((CV)((C)value), y, 0)
}

static MV load_condition(const global uchar *p, bool row, int offset, int step, const int *lanes)
{
    if (row && step == 1)
        return CONVERT(M_NAME)(VLOAD(0, p + offset)) != 0;
    M lane[W];
    for (int i = 0; i < W; i++)
        lane[i] = p[row ? offset + i * step : lanes[i]] != 0 ? -1 : 0;
    return VLOAD(0, lane);
}

kernel void where(Walk walk, const global uchar *condition, const global T *a, const global T *b, global T *y)
{
    CHUNK(4)
    MV c = load_condition(condition, row, offset[0], walk.step[0][0], lane[0]);
    CV v = select(LOAD_CHUNK(b, 2), LOAD_CHUNK(a, 1), c);
    STORE_CHUNK(v, y, 3)
}

// y = x[.., index, ..]: the walk's operands are the index, y, and x without the axis.
kernel void gather(Walk walk, const global long *index, global T *y, const global T *x, int axis, int size, int step, volatile global int *fault, int command)
{
    int at = (int)get_global_id(0);
    if (at >= walk.count)
        return;
    int offset[3];
    seek(&walk, at, 3, offset);
    long i = index[offset[0]];
    if (i < 0 || i >= size)
    {
        report(fault, FAULT_INDEX, command, axis, size, i);
        y[offset[1]] = 0;
        return;
    }
    y[offset[1]] = x[offset[2] + (int)i * step];
}
