// Matrix products in tiles of TILE_ROWS x W: a work-item keeps a tile in registers and walks along k, one row of B as a vector against
// TILE_ROWS numbers of A. Both are packed first, in the order in which they are read, as floats or doubles and padded with zeros: so
// layouts, half types and ragged edges cost the inner loop nothing. On a CPU a work-item reads them where they are; on a GPU a group brings
// BLOCK_K steps of its panels into local memory, and a work-item computes two tiles, BLOCK_ITEMS panels apart.

// A as [batch][panel][k][TILE_ROWS].
kernel void pack_rows(Walk batch, int m, int k, int row_step, int column_step, const global T *a, global C *packed)
{
    int p = (int)get_global_id(0), panel = (int)get_global_id(1), index = (int)get_global_id(2), offset[1];
    if (p >= k)
        return;
    seek(&batch, index, 1, offset);
    global C *to = packed + (((size_t)index * get_global_size(1) + panel) * k + p) * TILE_ROWS;
    for (int i = 0; i < TILE_ROWS; i++)
    {
        int row = panel * TILE_ROWS + i;
        to[i] = row < m ? LOAD(a, offset[0] + row * row_step + p * column_step) : (C)0;
    }
}

// B as [batch][panel][k][W].
kernel void pack_columns(Walk batch, int n, int k, int row_step, int column_step, const global T *b, global C *packed)
{
    int p = (int)get_global_id(0), panel = (int)get_global_id(1), index = (int)get_global_id(2), offset[1];
    if (p >= k)
        return;
    seek(&batch, index, 1, offset);
    size_t to = (((size_t)index * get_global_size(1) + panel) * k + p) * W;
    int column = panel * W, count = min(W, n - column), from = offset[0] + p * row_step + column * column_step;
    if (count == W)
    {
        VSTORE(load_row(b, from, column_step), 0, packed + to);
        return;
    }
    for (int i = 0; i < W; i++)
        packed[to + i] = i < count ? LOAD(b, from + i * column_step) : (C)0;
}

#define TILE(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)
#if TILE_ROWS != 8
#error "TILE lists eight rows."
#endif

static void store_tile_row(CV v, int row, int column, int n, global T *y)
{
    size_t at = (size_t)row * n + column;
    if (column + W <= n)
    {
        STOREV(v, y + at, 0);
        return;
    }
    C lane[W];
    VSTORE(v, 0, lane);
    for (int i = 0; column + i < n; i++)
        STORE(lane[i], y + at, i);
}

static void store_partial_row(CV v, int row, int column, int n, global C *y)
{
    size_t at = (size_t)row * n + column;
    C lane[W];
    VSTORE(v, 0, lane);
    for (int i = 0; i < W && column + i < n; i++)
        y[at + i] = lane[i];
}

// Dimension 2 counts batches, and within them segments of k: each gives a partial sum where there are several, [batch][segment][m][n].
#if GROUP == 1
kernel void matmul_tiles(int m, int n, int k, int panels_m, int panels_n, int a_shared, int b_shared, int segments, int segment,
    const global C *a, const global C *b, global T *y, global C *partial)
{
    int panel_m = (int)get_global_id(0), panel_n = (int)get_global_id(1), z = (int)get_global_id(2);
    if (panel_m >= panels_m || panel_n >= panels_n)
        return;
    int batch = z / segments, first = z % segments * segment, end = min(k - first, segment) + first;
    const global C *p = a + (((a_shared ? 0 : (size_t)batch * panels_m) + panel_m) * k + first) * TILE_ROWS;
    const global C *q = b + (((b_shared ? 0 : (size_t)batch * panels_n) + panel_n) * k + first) * W;
#define CLEAR(i) CV sum##i = (CV)(0);
    TILE(CLEAR)
    for (int i = first; i < end; i++)
    {
        CV right = VLOAD(0, q);
#define MULTIPLY(i) sum##i = fma((CV)(p[i]), right, sum##i);
        TILE(MULTIPLY)
        p += TILE_ROWS;
        q += W;
    }
    int row = panel_m * TILE_ROWS, column = panel_n * W;
    if (segments == 1)
    {
        y += (size_t)batch * m * n;
#define KEEP(i) if (row + i < m) store_tile_row(sum##i, row + i, column, n, y);
        TILE(KEEP)
        return;
    }
    partial += (size_t)z * m * n;
#define PUT_ASIDE(i) if (row + i < m) store_partial_row(sum##i, row + i, column, n, partial);
    TILE(PUT_ASIDE)
}
#else
#if W != 4
#error "A step of a panel of A is two vectors."
#endif
// A group has BLOCK_ITEMS x BLOCK_ITEMS work-items: dimension 0 along panels of B, of which each has two, BLOCK_ITEMS apart; dimension 1
// along panels of A. Sizes are in vectors, read and written whole.
#define BLOCK_ITEMS 8
#define BLOCK_K 16
// Vectors of either operand that a work-item brings for BLOCK_K steps: BLOCK_ITEMS panels of A, two vectors a step, or twice as many of B.
#define BROUGHT (2 * BLOCK_K / BLOCK_ITEMS)
// A panel's share of local memory: one more than it holds, so that panels start in different banks.
#define SHARE_A (BLOCK_K * 2 + 1)
#define SHARE_B (BLOCK_K + 1)

// A work-item's vectors of the next BLOCK_K steps, `width` of them a step; zeros behind the last panel and the last step.
static void bring(const global CV *from, int k, int steps, int panels, int width, int item, CV *to)
{
#pragma unroll
    for (int v = 0; v < BROUGHT; v++)
    {
        int i = item + v * BLOCK_ITEMS * BLOCK_ITEMS, panel = i / (BLOCK_K * width), at = i % (BLOCK_K * width);
        to[v] = panel < panels && at < steps * width ? from[(size_t)panel * k * width + at] : (CV)(0);
    }
}

// Puts them where the group finds them.
static void share(const CV *brought, int width, int stride, int item, local CV *to)
{
#pragma unroll
    for (int v = 0; v < BROUGHT; v++)
    {
        int i = item + v * BLOCK_ITEMS * BLOCK_ITEMS;
        to[i / (BLOCK_K * width) * stride + i % (BLOCK_K * width)] = brought[v];
    }
}

kernel __attribute__((reqd_work_group_size(BLOCK_ITEMS, BLOCK_ITEMS, 1)))
void matmul_tiles(int m, int n, int k, int panels_m, int panels_n, int a_shared, int b_shared, int segments, int segment,
    const global CV *a, const global CV *b, global T *y, global C *partial)
{
    local CV left[BLOCK_ITEMS * SHARE_A], right[2 * BLOCK_ITEMS * SHARE_B];
    int x = (int)get_local_id(0), z = (int)get_global_id(2), item = (int)get_local_id(1) * BLOCK_ITEMS + x;
    int first_m = (int)get_group_id(1) * BLOCK_ITEMS, first_n = (int)get_group_id(0) * 2 * BLOCK_ITEMS;
    int batch = z / segments, first = z % segments * segment, end = min(k - first, segment) + first;
    const global CV *p = a + (((a_shared ? 0 : (size_t)batch * panels_m) + first_m) * k + first) * 2;
    const global CV *q = b + ((b_shared ? 0 : (size_t)batch * panels_n) + first_n) * k + first;
    const local CV *rows = left + get_local_id(1) * SHARE_A, *columns = right + x * SHARE_B, *beyond = columns + BLOCK_ITEMS * SHARE_B;
    CV next_a[BROUGHT], next_b[BROUGHT];
    bring(p, k, end - first, panels_m - first_m, 2, item, next_a);
    bring(q, k, end - first, panels_n - first_n, 1, item, next_b);
#define CLEAR(i) CV sum##i = (CV)(0), other##i = (CV)(0);
    TILE(CLEAR)
    for (int i = first; i < end; i += BLOCK_K)
    {
        barrier(CLK_LOCAL_MEM_FENCE); // until then others read what was there before
        share(next_a, 2, SHARE_A, item, left);
        share(next_b, 1, SHARE_B, item, right);
        barrier(CLK_LOCAL_MEM_FENCE);
        p += BLOCK_K * 2;
        q += BLOCK_K;
        bring(p, k, end - i - BLOCK_K, panels_m - first_m, 2, item, next_a); // while these are multiplied
        bring(q, k, end - i - BLOCK_K, panels_n - first_n, 1, item, next_b);
#pragma unroll
        for (int j = 0; j < BLOCK_K; j++)
        {
            CV near = columns[j], far = beyond[j], low = rows[2 * j], high = rows[2 * j + 1];
            C factor[TILE_ROWS] = { low.s0, low.s1, low.s2, low.s3, high.s0, high.s1, high.s2, high.s3 };
#define MULTIPLY(i) sum##i = fma((CV)(factor[i]), near, sum##i); other##i = fma((CV)(factor[i]), far, other##i);
            TILE(MULTIPLY)
        }
    }
    int row = (first_m + (int)get_local_id(1)) * TILE_ROWS, column = (first_n + x) * W, far_column = column + BLOCK_ITEMS * W;
    if (segments == 1)
    {
        y += (size_t)batch * m * n;
#define KEEP(i) if (row + i < m) { store_tile_row(sum##i, row + i, column, n, y); store_tile_row(other##i, row + i, far_column, n, y); }
        TILE(KEEP)
        return;
    }
    partial += (size_t)z * m * n;
#define PUT_ASIDE(i) if (row + i < m) { store_partial_row(sum##i, row + i, column, n, partial); store_partial_row(other##i, row + i, far_column, n, partial); }
    TILE(PUT_ASIDE)
}
#endif
