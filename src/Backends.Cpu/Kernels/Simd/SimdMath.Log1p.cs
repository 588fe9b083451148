using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>The logarithm of sums of exponentials.</content>
internal static unsafe partial class SimdMath<V, L>
{
    /// <summary>log(1 + x), x from 0 to 1: x + x^2 P(x), without the division that other ranges need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1pOfPart(V x)
    {
        // (log(1 + x) - x) / x^2
        var p = L.MultiplyAdd(L.Create(0.00280164199280334992f), x, L.Create(-0.0171842669824487093f));
        p = L.MultiplyAdd(p, x, L.Create(0.0493099734345496944f));
        p = L.MultiplyAdd(p, x, L.Create(-0.0913941377401492021f));
        p = L.MultiplyAdd(p, x, L.Create(0.130333642382428156f));
        p = L.MultiplyAdd(p, x, L.Create(-0.163651528692055351f));
        p = L.MultiplyAdd(p, x, L.Create(0.199567079522518358f));
        p = L.MultiplyAdd(p, x, L.Create(-0.249967599082639252f));
        p = L.MultiplyAdd(p, x, L.Create(0.33333237346213987f));
        p = L.MultiplyAdd(p, x, L.Create(-0.499999995222237707f));
        return L.MultiplyAdd(L.Multiply(x, x), p, x);
    }
}
