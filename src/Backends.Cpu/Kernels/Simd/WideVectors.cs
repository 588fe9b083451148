using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Whether kernels use vectors of 512 bits.</summary>
internal static class WideVectors
{
    /// <summary>
    /// The machine has them. <see cref="Vector512.IsHardwareAccelerated"/> also says no where the runtime would rather not choose them by itself:
    /// on Skylake and Cascade Lake, whose clock falls by a tenth, while vectors twice as wide multiply 1.8 times as fast
    /// (docs/decisions/0019). <c>DOTNET_EnableAVX512=0</c> turns them off.
    /// </summary>
    public static bool Have512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported);
    }
}
