namespace Nabla;

/// <summary>The sum of float32, divided.</summary>
internal readonly unsafe struct MeanReduction : IReduction<float, double>
{
    public static double Seed => 0;

    public static double Combine(double a, double b) => a + b;

    public static double Block(float* x, nint count) => SumReduction<float, double>.Block(x, count);

    public static void Rows(double* sums, float** rows, int rowCount, nint width) => SumReduction<float, double>.Rows(sums, rows, rowCount, width);

    public static float Finish(double sum, double divisor) => (float)(sum / divisor);

    public static bool FinishRow(float* y, double* sums, nint count, double divisor)
    {
        RowPass.Map(sums, sums, sums, sums, count, new Quotient { Divisor = divisor });
        return FinishedRow.Write(y, sums, count);
    }

    private struct Quotient : IRowMap<double>
    {
        public double Divisor;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, double> => L.Divide(a, L.Create(Divisor));
    }
}
