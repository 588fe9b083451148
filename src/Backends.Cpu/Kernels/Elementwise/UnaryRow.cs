using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The row of a function of one element, an element at a time.</summary>
internal static unsafe class UnaryRow<TMap, T, TResult> where TMap : struct, IMap<T, TResult> where T : unmanaged where TResult : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        var to = (TResult*)y;
        var x = (T*)a;
        if (scalars != 0)
        {
            new Span<TResult>(to, (int)count).Fill(TMap.Apply(*x));
            return;
        }

        for (nint i = 0; i < count; i++)
            to[i] = TMap.Apply(x[i]);
    }
}
