// Elementwise work-items compute W consecutive elements of the result. Where those lie in one row, each operand is read with its own
// step; where they straddle rows, lane by lane.

// The offsets of W consecutive elements from `at`; behind the last element it is repeated.
static void seek_lanes(const Walk *walk, int at, int operands, int (*lane)[W])
{
    int c[MAX_RANK];
    uint o[4]; // may pass 2^31, and come back, where a dimension ends
    int rest = at;
    for (int j = 0; j < operands; j++)
        o[j] = walk->offset[j];
    for (int d = 0; d < walk->rank; d++)
    {
        c[d] = rest % walk->size[d];
        rest /= walk->size[d];
        for (int j = 0; j < operands; j++)
            o[j] += c[d] * walk->step[j][d];
    }
    int more = walk->count - at - 1;
    for (int i = 0; i < W; i++)
    {
        for (int j = 0; j < operands; j++)
            lane[j][i] = (int)o[j];
        if (i >= more)
            continue;
        for (int d = 0; d < walk->rank; d++) // one on: carry into the next dimension where this one ends
        {
            for (int j = 0; j < operands; j++)
                o[j] += walk->step[j][d];
            if (++c[d] < walk->size[d])
                break;
            for (int j = 0; j < operands; j++)
                o[j] -= (uint)walk->size[d] * (uint)walk->step[j][d];
            c[d] = 0;
        }
    }
}

static CV load_row(const global T *p, int offset, int step)
{
    if (step == 1)
        return LOADV(p, offset);
    if (step == 0)
        return (CV)(LOAD(p, offset));
    C lane[W];
    for (int i = 0; i < W; i++)
        lane[i] = LOAD(p, offset + i * step);
    return VLOAD(0, lane);
}

static CV load_lanes(const global T *p, const int *offset)
{
    C lane[W];
    for (int i = 0; i < W; i++)
        lane[i] = LOAD(p, offset[i]);
    return VLOAD(0, lane);
}

static void store_row(CV v, global T *p, int offset, int step)
{
    if (step == 1)
    {
        STOREV(v, p, offset);
        return;
    }
    C lane[W];
    VSTORE(v, 0, lane);
    for (int i = 0; i < W; i++)
        STORE(lane[i], p, offset + i * step);
}

static void store_lanes(CV v, global T *p, const int *offset, int count)
{
    C lane[W];
    VSTORE(v, 0, lane);
    for (int i = 0; i < count; i++)
        STORE(lane[i], p, offset[i]);
}

// Truth values, one byte each, from the lanes of a comparison.
static void store_truth(MV v, global uchar *p, bool row, int offset, int step, const int *lanes, int count)
{
    VEC(uchar) truth = CONVERT(uchar)(v & 1);
    if (row && step == 1)
    {
        VSTORE(truth, 0, p + offset);
        return;
    }
    uchar lane[W];
    VSTORE(truth, 0, lane);
    for (int i = 0; i < count; i++)
        p[row ? offset + i * step : lanes[i]] = lane[i];
}

// Declares what the macros below need: `first`, the first element; `row`, whether W elements lie in one row.
#define CHUNK(OPERANDS)                              \
    size_t first = get_global_id(0) * W;             \
    if (first >= (size_t)walk.count)                 \
        return;                                      \
    int at = (int)first;                             \
    int count = min(W, walk.count - at);             \
    int offset[OPERANDS], lane[OPERANDS][W];         \
    bool row = seek(&walk, at, OPERANDS, offset) >= W; \
    if (!row)                                        \
        seek_lanes(&walk, at, OPERANDS, lane);

#define LOAD_CHUNK(p, j) (row ? load_row(p, offset[j], walk.step[j][0]) : load_lanes(p, lane[j]))
#define STORE_CHUNK(v, p, j)                                \
    {                                                       \
        if (row)                                            \
            store_row(v, p, offset[j], walk.step[j][0]);    \
        else                                                \
            store_lanes(v, p, lane[j], count);              \
    }
#define STORE_TRUTH(v, p, j) store_truth(v, p, row, offset[j], walk.step[j][0], lane[j], count)
