using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The row of a function of two float32 that is computed in float64; see <see cref="WideUnaryRow{TOp}"/>.</summary>
internal static unsafe class WideBinaryRow<TOp> where TOp : struct, IWideBinary
{
    [SkipLocalsInit]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        double* left = stackalloc double[Widening.Piece], right = stackalloc double[Widening.Piece], result = stackalloc double[Widening.Piece];
        if ((scalars & 1) != 0)
            new Span<double>(left, Widening.Piece).Fill(*(float*)a);
        if ((scalars & 2) != 0)
            new Span<double>(right, Widening.Piece).Fill(*(float*)b);
        for (nint i = 0; i < count; i += Widening.Piece)
        {
            nint n = Math.Min(Widening.Piece, count - i);
            if ((scalars & 1) == 0)
                Widening.Widen((float*)a + i, left, n);
            if ((scalars & 2) == 0)
                Widening.Widen((float*)b + i, right, n);
            VectorBinaryRow<WideMap2<TOp>, double>.Run((byte*)result, (byte*)left, (byte*)right, null, n, 0);
            Widening.Narrow(result, (float*)y + i, n);
        }
    }
}

/// <summary>A wide form as a function of float64.</summary>
internal readonly struct WideMap2<TOp> : IVectorMap2<double> where TOp : struct, IWideBinary
{
    public static bool ScalarTail => false;

    public static double Apply(double a, double b) => TOp.Float(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double> => TOp.Wide<V, L>(a, b);
}
