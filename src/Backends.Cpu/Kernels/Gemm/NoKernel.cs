using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>What a choice among kernels does when none fits: leaving the elements as they are would be a wrong result without a word.</summary>
internal static class NoKernel
{
    [DoesNotReturn]
    public static void Throw(int rows) => throw new UnreachableException($"No kernel computes {rows} rows at once.");
}
