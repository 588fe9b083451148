using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// The place that names the vectors of an element type that is a parameter. One place for all kernels: the runtime loads <c>Vector512</c>, and
/// the narrower vectors within it, for each place that names it so, and a program's first result waits for that.
/// </summary>
internal static class WidestVector
{
    /// <summary>Runs a body in the widest vectors of the machine; false where it has none, and the caller goes on without.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Run<TBody, T>(ref TBody body)
        where TBody : struct, IVectorBody<T>, allows ref struct
        where T : unmanaged
    {
        if (WideVectors.Have512) Run512<TBody, T>(ref body);
        else if (Vector256.IsHardwareAccelerated) Run256<TBody, T>(ref body);
        else if (Vector128.IsHardwareAccelerated) Run128<TBody, T>(ref body);
        else return false;
        return true;
    }

    // A method for each width: what an inlined method names is loaded, branches never taken included.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run512<TBody, T>(ref TBody body)
        where TBody : struct, IVectorBody<T>, allows ref struct where T : unmanaged => body.Run<Vector512<T>, Simd512<T>>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run256<TBody, T>(ref TBody body)
        where TBody : struct, IVectorBody<T>, allows ref struct where T : unmanaged => body.Run<Vector256<T>, Simd256<T>>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run128<TBody, T>(ref TBody body)
        where TBody : struct, IVectorBody<T>, allows ref struct where T : unmanaged => body.Run<Vector128<T>, Simd128<T>>();
}
