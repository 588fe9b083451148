namespace Nabla;

/// <summary>The sum of float32, divided.</summary>
internal readonly unsafe struct MeanReduction : IReduction<float, double>
{
    public static double Seed => 0;

    public static double Combine(double a, double b) => a + b;

    public static double Block(float* x, nint count) => SumReduction<float, double>.Block(x, count);

    public static void Rows(double* sums, float** rows, int rowCount, nint width) => SumReduction<float, double>.Rows(sums, rows, rowCount, width);

    public static float Finish(double sum, double divisor) => (float)(sum / divisor);
}
