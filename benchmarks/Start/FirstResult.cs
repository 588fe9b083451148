using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nabla.Start;

/// <summary>A product, a sum, and a number read.</summary>
internal static class FirstResult
{
    private const int Size = 64;

    // Not inlined: an empty program must not load what this names.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Compute() =>
        (Tensor.Ones(Size, Size).MatMul(Tensor.Ones(Size, Size)) + 1).Sum().Item<float>().ToString(CultureInfo.InvariantCulture);
}
