using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Sixteen powers 2^(i/16) times a factor. With them the rest of an exponent is a sixteenth of a unit, and a polynomial of three terms does:
/// multiplications are what these functions wait for, and the lookup goes to other units.
/// </summary>
internal static class PowerTables
{
    /// <summary>2^19 + 2^18: added to a float32 below 2^17, it leaves the sixteenths of the number in the lowest bits.</summary>
    public const float Sixteenths = 786432f;

    /// <summary>The factor of <see cref="Accurate"/>.</summary>
    public const float AccurateFactor = 1.8130949f;

    /// <summary>The factor of <see cref="Density"/>, whose entries are negative.</summary>
    public const float DensityFactor = 0.37905952f;

    /// <summary>Times that factor, from 1 to 2, by which all sixteen are nearest to float32: within 1.6e-8 of themselves, where 6e-8 is usual.</summary>
    public static Vector512<float> Accurate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            AccurateFactor, 1.8933674f, 1.977194f, 2.0647318f, 2.1561453f, 2.251606f, 2.351293f, 2.4553938f,
            2.5641034f, 2.677626f, 2.7961745f, 2.9199717f, 3.04925f, 3.1842518f, 3.3252306f, 3.4724512f);
    }

    /// <summary>See <see cref="SimdMath{V, L}.Gelu"/>.</summary>
    public static Vector512<float> Density
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            -DensityFactor, -0.39584193f, -0.41336733f, -0.43166867f, -0.45078027f, -0.47073802f, -0.49157938f, -0.51334345f,
            -0.5360711f, -0.55980504f, -0.5845897f, -0.6104717f, -0.6374996f, -0.6657241f, -0.69519824f, -0.7259773f);
    }
}
