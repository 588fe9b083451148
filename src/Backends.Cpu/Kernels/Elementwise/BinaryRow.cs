using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The row of a function of two elements, an element at a time.</summary>
internal static unsafe class BinaryRow<TMap, T, TResult> where TMap : struct, IMap2<T, TResult> where T : unmanaged where TResult : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        var to = (TResult*)y;
        T* left = (T*)a, right = (T*)b;
        T s;
        switch (scalars)
        {
            case 0:
                for (nint i = 0; i < count; i++)
                    to[i] = TMap.Apply(left[i], right[i]);
                break;
            case 1:
                s = *left;
                for (nint i = 0; i < count; i++)
                    to[i] = TMap.Apply(s, right[i]);
                break;
            case 2:
                s = *right;
                for (nint i = 0; i < count; i++)
                    to[i] = TMap.Apply(left[i], s);
                break;
            default:
                new Span<TResult>(to, (int)count).Fill(TMap.Apply(*left, *right));
                break;
        }
    }
}
