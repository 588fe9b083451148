namespace Nabla;

/// <summary>The standard deviation of float32: the root of the variance before that is rounded, which float32 may have no room for.</summary>
internal readonly unsafe struct DeviationReduction : IReduction<float, Moments>
{
    public static Moments Seed => MomentsReduction.Seed;

    public static Moments Combine(Moments a, Moments b) => MomentsReduction.Combine(a, b);

    public static Moments Block(float* x, nint count) => MomentsReduction.Block(x, count);

    public static void Rows(Moments* sums, float** rows, int rowCount, nint width) => MomentsReduction.Rows(sums, rows, rowCount, width);

    public static float Finish(Moments sum, double divisor) => (float)Math.Sqrt(sum.Squares / divisor);
}
