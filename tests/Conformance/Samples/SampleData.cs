using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Makes the inputs of a sample for an element type: seeded by the sample's name, rounded to the type.</summary>
internal sealed class SampleData
{
    private readonly Random _random;

    public SampleData(string name, DType dtype)
    {
        DType = dtype;
        int seed = 17;
        foreach (char c in name)
            seed = unchecked((seed * 31) + c); // string hashes differ from run to run
        _random = new(seed);
    }

    /// <summary>The element type under test.</summary>
    public DType DType { get; }

    /// <summary>The smallest and largest number of the type, or a large range of a floating one.</summary>
    public (double Low, double High) Range => DType switch
    {
        DType.Bool => (0, 1),
        DType.UInt8 => (0, 255),
        DType.Int8 => (-128, 127),
        DType.Int16 => (-32768, 32767),
        DType.Int32 => (int.MinValue, int.MaxValue),
        DType.Int64 => (-9e15, 9e15),
        _ => (-1e4, 1e4),
    };

    /// <summary>Evenly distributed numbers; whole ones for integers, cut to the type's range.</summary>
    public Values Uniform(Shape shape, double low, double high, DType? dtype = null)
    {
        var values = new Values(new(dtype ?? DType, shape));
        if (!values.IsReal)
            (low, high) = (Math.Max(low, Range.Low), Math.Min(high, Range.High));
        for (int i = 0; i < values.Count; i++)
        {
            double x = low + (_random.NextDouble() * (high - low));
            if (values.IsReal)
                values.Reals[i] = x;
            else
                values.Integers[i] = (long)Math.Round(x);
        }

        return Rounded(values);
    }

    /// <summary>Multiples of a step other than zero: quotients of them are whole or well away from it, and every type holds them.</summary>
    public Values Grid(Shape shape, double low, double high, double step = 0.25)
    {
        var values = Uniform(shape, low, high);
        for (int i = 0; i < values.Count; i++)
        {
            if (values.IsReal)
                values.Reals[i] = Math.Round(values.Reals[i] / step) * step is var x && x != 0 ? x : step;
            else if (values.Integers[i] == 0)
                values.Integers[i] = 1;
        }

        return Rounded(values);
    }

    /// <summary>Different numbers in random order around zero, 1/8 apart (1 apart for integers).</summary>
    public Values Distinct(Shape shape)
    {
        var values = new Values(new(DType, shape));
        int[] order = Enumerable.Range(0, values.Count).ToArray();
        _random.Shuffle(order);
        for (int i = 0; i < values.Count; i++)
        {
            if (values.IsReal)
                values.Reals[i] = (order[i] - (values.Count / 2)) / 8.0;
            else
                values.Integers[i] = order[i] - (Range.Low < 0 ? values.Count / 2 : 0);
        }

        return Rounded(values);
    }

    /// <summary>The given numbers.</summary>
    public Values Of(Shape shape, params ReadOnlySpan<double> numbers) => Of(DType, shape, numbers);

    /// <summary>The given numbers, of a type.</summary>
    public static Values Of(DType dtype, Shape shape, params ReadOnlySpan<double> numbers)
    {
        var values = new Values(new(dtype, shape));
        for (int i = 0; i < values.Count; i++)
        {
            if (values.IsReal)
                values.Reals[i] = numbers[i];
            else
                values.Integers[i] = (long)numbers[i];
        }

        return Rounded(values);
    }

    /// <summary>Random indices below a size.</summary>
    public Values Indices(Shape shape, long size)
    {
        var values = new Values(new(DType.Int64, shape));
        for (int i = 0; i < values.Count; i++)
            values.Integers[i] = _random.NextInt64(size);
        return values;
    }

    public Values Bools(Shape shape)
    {
        var values = new Values(new(DType.Bool, shape));
        for (int i = 0; i < values.Count; i++)
            values.Integers[i] = _random.Next(2);
        return values;
    }

    private static Values Rounded(Values values) => Values.FromBytes(values.Spec, values.ToBytes());
}
