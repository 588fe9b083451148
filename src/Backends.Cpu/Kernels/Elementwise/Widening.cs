namespace Nabla;

/// <summary>Pieces of a float32 row as float64, and back.</summary>
internal static unsafe class Widening
{
    /// <summary>Elements of a piece.</summary>
    public const int Piece = 256;

    public static void Widen(float* source, double* destination, nint count) =>
        CastRow<Wider, float, double>.Run((byte*)destination, (byte*)source, null, null, count, 0);

    public static void Narrow(double* source, float* destination, nint count) =>
        CastRow<Narrower, double, float>.Run((byte*)destination, (byte*)source, null, null, count, 0);

    private readonly struct Wider : IMap<float, double>
    {
        public static double Apply(float x) => x;
    }

    private readonly struct Narrower : IMap<double, float>
    {
        public static float Apply(double x) => (float)x;
    }
}
