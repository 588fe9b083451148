namespace Nabla;

/// <summary>
/// Blocks of scores: some rows of queries by some keys, few enough to stay in the second-level cache between their computation and their
/// use. All scores are never there at once. Source: Dao et al., FlashAttention, 2022.
/// </summary>
internal static unsafe class AttentionBlocks
{
    /// <summary>Keys of a block.</summary>
    public const int Keys = 256;

    /// <summary>Inside a part of a fork-join products run on the thread that asks.</summary>
    private static WorkerPool Alone { get; } = new(1);

    /// <summary>Rows of a block; fewer where row and column decide what counts, so that less is computed in vain.</summary>
    public static int Rows(bool causal) => causal ? 64 : 128;

    /// <summary>How many of the columns from <paramref name="column"/> on count in a row.</summary>
    public static int Visible(bool causal, int row, int column, int count) => causal ? Math.Clamp(row + 1 - column, 0, count) : count;

    /// <summary>Copies rows, scaled: the scores of scaled queries are scaled.</summary>
    public static void Scale(in HeadMatrices matrices, float* source, int count, float factor, float* destination)
    {
        int columns = matrices.Columns;
        for (int row = 0; row < count; row++, destination += columns)
        {
            float* from = source + (row * matrices.RowStride);
            if (matrices.ColumnStride == 1)
                RowPass.Map(destination, from, from, from, columns, new RowMaps.Scaled { Factor = factor });
            else
                for (int i = 0; i < columns; i++)
                    destination[i] = from[i * matrices.ColumnStride] * factor;
        }
    }

    /// <summary>scores [rows, columns] = a [rows, depth] b [columns, depth]^T, rows of scores <see cref="Keys"/> apart.</summary>
    public static void Products(int rows, int columns, int depth, float* a, long aRow, long aColumn, float* b, long bRow, long bColumn, float* scores) =>
        Multiply(rows, columns, depth, a, aRow, aColumn, b, bColumn, bRow, scores, Keys, accumulate: false);

    /// <summary>c [m, n] (+)= a [m, k] b [k, n] on this thread.</summary>
    public static void Multiply(
        int m, int n, int k, float* a, long aRow, long aColumn, float* b, long bRow, long bColumn, float* c, long cRow, bool accumulate) =>
        Gemm.Multiply(Alone, new GemmArgs<float>
        {
            M = m,
            N = n,
            K = k,
            A = new(a, aRow, aColumn),
            B = new(b, bRow, bColumn),
            C = new(c, cRow, 1),
            Start = accumulate ? new(c, cRow, 1) : default,
        });

    /// <summary>Adds a mask to a row; one of bools chooses, so that a score that does not count is -infinity even where it was NaN.</summary>
    public static void ApplyMask(in AttentionMask mask, long head, int row, int column, int count, float* scores, float* buffer)
    {
        mask.Load(head, row, column, count, buffer);
        if (mask.Keeps)
            RowPass.Map(scores, scores, buffer, buffer, count, default(Kept));
        else
            RowPass.Map(scores, scores, buffer, buffer, count, default(RowMaps.Addition<float>));
    }

    /// <summary>a, or b where that is below 0</summary>
    private readonly struct Kept : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Select(L.LessThan(b, L.Create(0f)), b, a);
    }
}
