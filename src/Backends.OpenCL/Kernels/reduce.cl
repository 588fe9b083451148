// Sums, products, maxima and minima along dimensions, always in the same order, so equal from run to run. Floating sums carry what each
// addition rounds away (Neumaier's method: memory is slower than its seven operations), so that millions of terms cost no accuracy.

#if FLOATING
#define ADD_NEXT(total, next)                                       \
    {                                                               \
        CV sum = total + next, part = sum - total;                  \
        lost += (total - (sum - part)) + (next - part);             \
        total = sum;                                                \
    }
#else
#define ADD_NEXT(total, next) total = ADD(total, next);
#endif
#define MUL_NEXT(total, next) total = MUL(total, next);
#define LARGER_NEXT(total, next) total = LARGER(total, next);
#define SMALLER_NEXT(total, next) total = SMALLER(total, next);

// Shares items among work-items, or among groups that cooperate: in runs on a CPU, where neighbours in memory belong to one thread; turn
// by turn on a GPU, where neighbours run together.
#if GROUP == 1
#define EACH(item, items, unit, units)                                      \
    size_t share = ((size_t)(items) + units - 1) / units, end_ = min((size_t)(items), (unit + 1) * share); \
    for (size_t item = unit * share; item < end_; item++)
#else
#define EACH(item, items, unit, units) for (size_t item = unit; item < (size_t)(items); item += units)
#endif

static C identity(int op)
{
    switch (op)
    {
    case OP_sum: return 0;
    case OP_prod: return 1;
    case OP_amax: return LOWEST;
    default: return HIGHEST;
    }
}

static C join(int op, C a, C b)
{
    switch (op)
    {
#if FLOATING
    case OP_sum: return a + b;
    case OP_prod: return a * b;
#else
    case OP_sum: return (C)((U)a + (U)b);
    case OP_prod: return (C)((U)a * (U)b);
#endif
    case OP_amax: return b > a || IS_NAN(b) ? b : a; // NaN, once met, stays
    default: return b < a || IS_NAN(b) ? b : a;
    }
}

static C fold(int op, CV v)
{
    C lane[W];
    VSTORE(v, 0, lane);
    for (int n = W / 2; n > 0; n /= 2)
        for (int i = 0; i < n; i++)
            lane[i] = join(op, lane[i], lane[i + n]);
    return lane[0];
}

// The sum with what was lost on the way; an infinite sum has nothing to add (its loss is NaN).
static CV settle(CV total, CV lost)
{
#if FLOATING
    return select(total, total + lost, isfinite(lost));
#else
    return total;
#endif
}

// W elements along the reduced dimensions; the identity behind the last.
static CV load_along(const Line *over, const global T *x, int base, int at, int end, C neutral)
{
    int left, offset = base + seek_line(over, at, &left);
    if (left >= W && at + W <= end)
        return load_row(x, offset, over->step[0]);
    C lane[W];
    for (int i = 0; i < W; i++)
        lane[i] = i < end - at ? LOAD(x, base + seek_line(over, at + i, &left)) : neutral;
    return VLOAD(0, lane);
}

// Results go to y, or, where a result has several segments, to `partial` for the next pass.
kernel void reduce_rows(Line kept, Line over, int op, int segments, int segment, int items, const global T *x, global T *y, global C *partial)
{
#if GROUP > 1
    local C shared[GROUP];
#endif
    int self = (int)get_local_id(0);
    C neutral = identity(op);
    EACH(item, items, get_group_id(0), get_num_groups(0))
    {
        int result = (int)(item / segments), first = (int)(item % segments) * segment, left;
        int end = min(over.count - first, segment) + first, chunks = PARTS(end - first, W);
        int base = seek_line(&kept, result, &left);
        CV total = (CV)(neutral), lost = (CV)(0);
#define ALONG(NEXT)                                                            \
    for (int c = self; c < chunks; c += GROUP)                                 \
    {                                                                          \
        CV next = load_along(&over, x, base, first + c * W, end, neutral);     \
        NEXT(total, next)                                                      \
    }                                                                          \
    break;
        switch (op)
        {
        case OP_sum: ALONG(ADD_NEXT)
        case OP_prod: ALONG(MUL_NEXT)
        case OP_amax: ALONG(LARGER_NEXT)
        default: ALONG(SMALLER_NEXT)
        }
        total = settle(total, lost);
        C value = fold(op, total);
#if GROUP > 1
        shared[self] = value;
        for (int n = GROUP / 2; n > 0; n /= 2)
        {
            barrier(CLK_LOCAL_MEM_FENCE);
            if (self < n)
                shared[self] = join(op, shared[self], shared[self + n]);
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        value = shared[0];
        barrier(CLK_LOCAL_MEM_FENCE);
#endif
        if (self == 0)
        {
            if (segments == 1)
                STORE(value, y, result);
            else
                partial[item] = value;
        }
    }
}

// Neighbouring results side by side in a vector: for dimensions that are reduced across rows. The last kept dimension is apart: inner, step.
kernel void reduce_columns(Line kept, Line over, int inner, int step, int op, int segments, int segment, int items, const global T *x, global T *y, global C *partial)
{
    int chunks = PARTS(inner, W), outer = items / segments / chunks;
    C neutral = identity(op);
    EACH(item, items, get_global_id(0), get_global_size(0))
    {
        int column = (int)(item % chunks) * W, row = (int)(item / chunks % outer), part = (int)(item / chunks / outer), left;
        int base = seek_line(&kept, row, &left) + column * step, count = min(W, inner - column);
        int first = part * segment, end = min(over.count - first, segment) + first;
        int lane[W];
        for (int i = 0; i < W; i++)
            lane[i] = min(i, count - 1) * step;
        CV total = (CV)(neutral), lost = (CV)(0);
#define ACROSS(NEXT)                                                           \
    for (int r = first; r < end; r++)                                          \
    {                                                                          \
        const global T *p = x + base + seek_line(&over, r, &left);             \
        CV next = count == W ? load_row(p, 0, step) : load_lanes(p, lane);     \
        NEXT(total, next)                                                      \
    }                                                                          \
    break;
        switch (op)
        {
        case OP_sum: ACROSS(ADD_NEXT)
        case OP_prod: ACROSS(MUL_NEXT)
        case OP_amax: ACROSS(LARGER_NEXT)
        default: ACROSS(SMALLER_NEXT)
        }
        total = settle(total, lost);
        C value[W];
        VSTORE(total, 0, value);
        for (int i = 0; i < count; i++)
        {
            int result = row * inner + column + i;
            if (segments == 1)
                STORE(value[i], y, result);
            else
                partial[result * segments + part] = value[i];
        }
    }
}
