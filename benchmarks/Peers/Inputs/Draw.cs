namespace Nabla.Peers;

/// <summary>Makes the values of one input of a row: an array of float, double, long or bool.</summary>
internal delegate Array Draw(Row row, long[] shape, Source source);

/// <summary>The ways that inputs are drawn.</summary>
internal static class Draws
{
    /// <summary>Floating numbers between two bounds, of the row's element type.</summary>
    public static Draw Uniform(double low, double high) => (row, shape, source) => row.DType switch
    {
        "float32" => Fill(shape, () => (float)(low + (high - low) * source.NextUnit())),
        "float64" => Fill(shape, () => low + (high - low) * source.NextUnit()),
        _ => throw new InvalidDataException($"{row.Name}: no inputs of {row.DType}."),
    };

    /// <summary>Positions along a dimension of another input.</summary>
    public static Draw IndexInto(int input, Func<Row, int> dim) => (row, shape, source) =>
    {
        long count = row.Shapes[input][dim(row)];
        return Fill(shape, () => source.Next() % count);
    };

    /// <summary>True and false, half each.</summary>
    public static Draw Mask { get; } = (_, shape, source) => Fill(shape, () => source.Next() >= 1 << 23);

    private static T[] Fill<T>(long[] shape, Func<T> next)
    {
        var values = new T[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
            values[i] = next();
        return values;
    }
}
