using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// An odd function as polynomials of degree 5 in x less the centre of its interval: quarters of octaves, from 1/16 to where the function is 1 in float32,
/// and one interval below. Thirty-two numbers for the centres and for each coefficient, in the place that the lowest five bits of exponent and quarter tell.
/// A centre is the number near the middle at which the function is nearest to a float32; the rest is fitted to the least largest error relative to the function.
/// </summary>
internal interface IOddTable
{
    const int Centre = -1;

    /// <summary>In the interval below 1/16, which stands in the place of the last quarter there.</summary>
    const float First = 0.06f;

    /// <summary>From here on the function is 1 in float32, as the last polynomial gives it.</summary>
    static abstract float End { get; }

    /// <summary>The first sixteen coefficients of a power, or <see cref="Centre"/>. A constant of the code, which stands where no load crosses a line of the cache.</summary>
    static abstract Vector512<float> Low(int power);

    /// <summary>The other sixteen.</summary>
    static abstract Vector512<float> High(int power);
}
