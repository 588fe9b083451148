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
}
