namespace Nabla.Peers;

/// <summary>Makes the values of one input of a row: an array of float, double, long or bool.</summary>
internal delegate Array Draw(Row row, long[] shape, Source source);

/// <summary>The ways that inputs are drawn.</summary>
internal static class Draws
{
    /// <summary>Floating numbers between two bounds, of the row's element type.</summary>
    public static Draw Uniform(double low, double high) => (row, shape, source) => row.DType switch
    {
        "float32" => source.Floats(shape, low, high),
        "float64" => source.Fill(shape, s => low + (high - low) * s.NextUnit()),
        _ => throw new InvalidDataException($"{row.Name}: no inputs of {row.DType}."),
    };

    /// <summary>Positions along a dimension of another input.</summary>
    public static Draw IndexInto(int input, Func<Row, int> dim) => (row, shape, source) =>
    {
        long count = row.Shapes[input][dim(row)];
        return source.Fill(shape, s => s.Next() % count);
    };

    /// <summary>True and false, half each.</summary>
    public static Draw Mask { get; } = (_, shape, source) => source.Fill(shape, s => s.Next() >= 1 << 23);
}
