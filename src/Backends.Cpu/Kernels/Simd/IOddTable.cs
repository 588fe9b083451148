using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// An odd function as polynomials of degree 5 in x less the centre of its interval: quarters of octaves, from 1/16 to where the function is 1 in float32,
/// and one interval below. Thirty-two numbers for the centres and for each coefficient, in the place that the lowest five bits of exponent and quarter tell.
/// A centre is the number near the middle at which the function is nearest to a float32; the rest is fitted to the least largest error relative to the function.
/// </summary>
internal unsafe interface IOddTable
{
    /// <summary>Intervals, and numbers of a block.</summary>
    const int Block = 32;

    /// <summary>In the interval below 1/16, which stands in the place of the last quarter there.</summary>
    const float First = 0.06f;

    /// <summary>From here on the function is 1 in float32, as the last polynomial gives it.</summary>
    static abstract float End { get; }

    /// <summary><see cref="Block"/> by <see cref="Block"/>: the centres, then the coefficients of each power. See <see cref="IVectorMap{T}.Prepare"/>.</summary>
    static abstract float* Numbers { get; }

    /// <summary>A copy in which no vector lies across two lines of the cache, kept as long as the process lives: constants in the assembly's image have no such place.</summary>
    static float* Aligned(ReadOnlySpan<float> numbers)
    {
        var copy = (float*)NativeMemory.AlignedAlloc((nuint)numbers.Length * sizeof(float), 64);
        numbers.CopyTo(new(copy, numbers.Length));
        return copy;
    }
}
