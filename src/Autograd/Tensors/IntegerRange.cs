namespace Nabla;

/// <summary>Refuses numbers that integers of a type cannot be: as one of them they would silently be another number, as 300 is 44 for a byte.</summary>
internal static class IntegerRange
{
    /// <summary>A limit of elements. PyTorch lets negative ones wrap for unsigned elements, which limits them to what nobody means; here they are refused.</summary>
    public static void CheckLimit(string op, DType dtype, Scalar? limit)
    {
        var (least, largest) = Of(dtype);
        if (limit is { Kind: ScalarKind.Integer } number && (number.ToInt64() < least || number.ToInt64() > largest))
            throw new TensorArgumentException(op, $"the limit {number} is beyond {dtype.Name()}, which holds {least} to {largest}; convert with To(dtype) first.");
    }

    /// <summary>
    /// What elements become. Fractions are cut off, and negative numbers count down from the end of an unsigned type (-1 is 255), as in PyTorch.
    /// </summary>
    public static void CheckValue(string op, DType dtype, Scalar value)
    {
        var (least, largest) = Of(dtype);
        long lowest = least == 0 ? -largest : least;
        bool fits = value.Kind == ScalarKind.Float
            ? Math.Truncate(value.ToDouble()) is var whole && whole >= lowest && (dtype == DType.Int64 ? whole < -(double)lowest : whole <= largest)
            : value.ToInt64() >= lowest && value.ToInt64() <= largest;
        if (!fits)
            throw new TensorArgumentException(op, $"{value} is no {dtype.Name()}, which holds {least} to {largest}; choose another element type.");
    }

    private static (long Least, long Largest) Of(DType dtype) => dtype switch
    {
        DType.UInt8 => (byte.MinValue, byte.MaxValue),
        DType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DType.Int16 => (short.MinValue, short.MaxValue),
        DType.Int32 => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}
