namespace Nabla.Tests.Samples;

/// <summary>How far a device may be from the oracle: |a - b| at most Absolute + Relative |b|.</summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>
    /// A few units in the last place of the element type. OpenCL allows up to 16 of them for float32 functions; half types add the
    /// rounding of the result, and composites that of their parts.
    /// </summary>
    public static Tolerance Of(DType dtype, double slack) => dtype switch
    {
        DType.Float64 => new(1e-12 * slack, 1e-13 * slack),
        DType.Float32 => new(4e-6 * slack, 1e-6 * slack),
        DType.Float16 => new(2e-3 * slack, 1e-3 * slack),
        DType.BFloat16 => new(1.6e-2 * slack, 8e-3 * slack),
        _ => default,
    };

    public bool Holds(double actual, double expected)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
            return double.IsNaN(expected) && double.IsNaN(actual);
        return actual == expected || Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected));
    }
}
