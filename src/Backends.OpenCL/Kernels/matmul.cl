// Matrix products in tiles of TILE_ROWS x W: a work-item keeps a tile in registers and walks along k, one row of B as a vector against
// TILE_ROWS numbers of A. Both are packed first, in the order in which they are read, as floats or doubles and padded with zeros: so
// layouts, half types and ragged edges cost the inner loop nothing. No local memory: on a CPU it is one more copy, and a GPU's caches
// serve the work-items of a group, which share rows and columns.

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
