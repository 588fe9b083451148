// Matrix products of any layout and type, without preparation: for small ones, integers, and vectors.

// a + b * c.
#if FLOATING
#define PRODUCT(sum, a, b) fma(a, b, sum)
#else
#define PRODUCT(sum, a, b) ADD(sum, MUL(a, b))
#endif

// So many products are added before their sum joins the total.
#define BLOCK 256

// A work-item computes W neighbours of a row.
kernel void matmul_simple(Walk batch, int m, int n, int k, int a_row, int a_column, int b_row, int b_column, int y_row, int y_column,
    const global T *a, const global T *b, global T *y)
{
    int chunks = PARTS(n, W);
    size_t item = get_global_id(0);
    if (item >= (size_t)m * chunks)
        return;
    int row = (int)(item / chunks), column = (int)(item % chunks) * W, count = min(W, n - column);
    int index = (int)get_global_id(2), offset[2];
    seek(&batch, index, 2, offset);
    int from_a = offset[0] + row * a_row, from_b = offset[1] + column * b_column;
    int lane[W];
    for (int i = 0; i < W; i++)
        lane[i] = min(i, count - 1) * b_column;
    CV total = (CV)(0);
    for (int p = 0; p < k;)
    {
        CV block = (CV)(0);
        for (int stop = min(k - p, BLOCK) + p; p < stop; p++)
        {
            CV left = (CV)(LOAD(a, from_a + p * a_column));
            const global T *q = b + from_b + p * b_row;
            CV right = count == W ? load_row(q, 0, b_column) : load_lanes(q, lane);
            block = PRODUCT(block, left, right);
        }
        total = ADD(total, block);
    }
    C value[W];
    VSTORE(total, 0, value);
    global T *to = y + (size_t)index * m * n + row * y_row;
    for (int i = 0; i < count; i++)
        STORE(value[i], to, (column + i) * y_column);
}

#if FLOATING
// A work-item computes one element, W products at a time: for rows of A and columns of B that are dense.
kernel void matmul_dot(Walk batch, int m, int n, int k, int a_row, int a_column, int b_row, int b_column, int y_row, int y_column,
    const global T *a, const global T *b, global T *y)
{
    size_t item = get_global_id(0);
    if (item >= (size_t)m * n)
        return;
    int row = (int)(item / n), column = (int)(item % n);
    int index = (int)get_global_id(2), offset[2];
    seek(&batch, index, 2, offset);
    const global T *p = a + offset[0] + row * a_row;
    const global T *q = b + offset[1] + column * b_column;
    CV total = (CV)(0);
    int at = 0, whole = k / W * W;
    while (at < whole)
    {
        CV block = (CV)(0);
        for (int stop = min(whole - at, BLOCK * W) + at; at < stop; at += W)
        {
            CV left = load_row(p + at * a_column, 0, a_column), right = load_row(q + at * b_row, 0, b_row);
            block = PRODUCT(block, left, right);
        }
        total = ADD(total, block);
    }
    C lane[W];
    VSTORE(total, 0, lane);
    for (; at < k; at++)
        lane[at - whole] = fma(LOAD(p, at * a_column), LOAD(q, at * b_row), lane[at - whole]);
    for (int width = W / 2; width > 0; width /= 2)
        for (int i = 0; i < width; i++)
            lane[i] += lane[i + width];
    STORE(lane[0], y + (size_t)index * m * n, row * y_row + column * y_column);
}
#endif
