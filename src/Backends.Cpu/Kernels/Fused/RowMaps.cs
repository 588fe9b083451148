namespace Nabla;

/// <summary>Functions that several fused kernels pass over rows.</summary>
internal static class RowMaps
{
    /// <summary>a b</summary>
    public readonly struct Product<T> : IRowMap<T> where T : unmanaged
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.Multiply(a, b);
    }

    /// <summary>a + b</summary>
    public readonly struct Addition<T> : IRowMap<T> where T : unmanaged
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.Add(a, b);
    }

    /// <summary>a - b</summary>
    public readonly struct Distance : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Subtract(a, b);
    }

    /// <summary>(a - b)^2</summary>
    public readonly struct SquaredDistance : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float>
        {
            var distance = L.Subtract(a, b);
            return L.Multiply(distance, distance);
        }
    }

    /// <summary>e^(a - b), b not smaller than a, as a term of a sum of which another is 1: what is below e^-87 does not count.</summary>
    public readonly struct ExpTermDistance : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.ExpModerate(L.Subtract(a, b));
    }

    /// <summary>The same of one b for all.</summary>
    public struct ExpTerm : IRowMap<float>
    {
        public float Shift;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            SimdMath<V, L>.ExpModerate(L.Subtract(a, L.Create(Shift)));
    }

    /// <summary>e^(a - shift)</summary>
    public struct ExpShifted : IRowMap<float>
    {
        public float Shift;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            SimdMath<V, L>.Exp(L.Subtract(a, L.Create(Shift)));
    }

    /// <summary>factor a</summary>
    public struct Scaled : IRowMap<float>
    {
        public float Factor;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(a, L.Create(Factor));
    }

    /// <summary>a - first - second</summary>
    public struct ShiftedTwice : IRowMap<float>
    {
        public float First;
        public float Second;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(L.Subtract(a, L.Create(First)), L.Create(Second));
    }
}
