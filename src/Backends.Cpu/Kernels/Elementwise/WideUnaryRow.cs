using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The row of a function of float32 that is computed in float64: a piece that stays in the first-level cache at a time.</summary>
internal static unsafe class WideUnaryRow<TOp> where TOp : struct, IWideUnary
{
    [SkipLocalsInit]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0)
        {
            float value = *(float*)a;
            Run((byte*)&value, (byte*)&value, null, null, 1, 0);
            new Span<float>(y, (int)count).Fill(value);
            return;
        }

        double* piece = stackalloc double[Widening.Piece];
        for (nint i = 0; i < count; i += Widening.Piece)
        {
            nint n = Math.Min(Widening.Piece, count - i);
            Widening.Widen((float*)a + i, piece, n);
            VectorUnaryRow<WideMap<TOp>, double>.Run((byte*)piece, (byte*)piece, null, null, n, 0);
            Widening.Narrow(piece, (float*)y + i, n);
        }
    }
}

/// <summary>A wide form as a function of float64.</summary>
internal readonly struct WideMap<TOp> : IVectorMap<double> where TOp : struct, IWideUnary
{
    public static double Apply(double x) => TOp.Apply(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V, L>(V x) where V : struct where L : struct, ISimd<V, double> => TOp.Wide<V, L>(x);
}
