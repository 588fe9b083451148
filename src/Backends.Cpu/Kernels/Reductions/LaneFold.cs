using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Combines all lanes of a vector, by halves: no lane passes through memory, and nothing branches on values.</summary>
internal static class LaneFold<TOp, T> where TOp : struct, INumberBinary where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T All<V>(V x) where V : struct
    {
        if (typeof(V) == typeof(Vector512<T>))
        {
            var wide = Unsafe.BitCast<V, Vector512<T>>(x);
            return All(TOp.Apply<Vector256<T>, Simd256<T>, T>(wide.GetLower(), wide.GetUpper()));
        }

        if (typeof(V) == typeof(Vector256<T>))
        {
            var wide = Unsafe.BitCast<V, Vector256<T>>(x);
            return All(TOp.Apply<Vector128<T>, Simd128<T>, T>(wide.GetLower(), wide.GetUpper()));
        }

        return All(Unsafe.BitCast<V, Vector128<T>>(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T All(Vector128<T> x)
    {
        x = Apply(x, Vector128.Shuffle(x.AsUInt64(), Vector128.Create(1ul, 0)).As<ulong, T>());
        if (Unsafe.SizeOf<T>() <= 4)
            x = Apply(x, Vector128.Shuffle(x.AsUInt32(), Vector128.Create(1u, 0, 3, 2)).As<uint, T>());
        if (Unsafe.SizeOf<T>() <= 2)
            x = Apply(x, (Vector128.ShiftRightLogical(x.AsUInt32(), 16) | Vector128.ShiftLeft(x.AsUInt32(), 16)).As<uint, T>());
        if (Unsafe.SizeOf<T>() == 1)
            x = Apply(x, (Vector128.ShiftRightLogical(x.AsUInt16(), 8) | Vector128.ShiftLeft(x.AsUInt16(), 8)).As<ushort, T>());
        return x.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Apply(Vector128<T> x, Vector128<T> y) => TOp.Apply<Vector128<T>, Simd128<T>, T>(x, y);
}
