namespace Nabla.Peers;

/// <summary>Cheap numbers that do not repeat: a linear congruence of 64 bits, of which the upper ones are used.</summary>
internal sealed class Source(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15 + 1;

    /// <summary>24 random bits.</summary>
    public uint Next()
    {
        _state = _state * 6364136223846793005 + 1442695040888963407;
        return (uint)(_state >> 40);
    }

    /// <summary>From 0 up to 1.</summary>
    public double NextUnit() => Next() * (1.0 / (1 << 24));

    /// <summary>Numbers between two bounds.</summary>
    public float[] Floats(long[] shape, double low, double high) => Fill(shape, s => (float)(low + (high - low) * s.NextUnit()));

    /// <summary>As many values as a shape has elements.</summary>
    public T[] Fill<T>(long[] shape, Func<Source, T> next)
    {
        var values = new T[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
            values[i] = next(this);
        return values;
    }
}
