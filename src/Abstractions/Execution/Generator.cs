namespace Nabla;

/// <summary>
/// A stream of random numbers: a key and a counter for Philox4x32-10, so that the same seed gives the same numbers on every device and
/// at every thread count. PyTorch: <c>torch.Generator</c>. Thread-safe.
/// </summary>
public sealed class Generator
{
    private long _counter;
    private long _seed;

    /// <summary>Creates a stream.</summary>
    public Generator(long seed) => _seed = seed;

    /// <summary>The key. PyTorch: <c>initial_seed</c>.</summary>
    public long Seed => Volatile.Read(ref _seed);

    /// <summary>How many blocks of four numbers were drawn.</summary>
    public long Counter => Volatile.Read(ref _counter);

    /// <summary>Starts over with a seed. PyTorch: <c>manual_seed</c>.</summary>
    public void ManualSeed(long seed)
    {
        Volatile.Write(ref _seed, seed);
        Volatile.Write(ref _counter, 0);
    }

    /// <summary>Reserves <paramref name="count"/> 32-bit numbers; returns the key and the counter of the first block.</summary>
    public (long Key, long Counter) Reserve(long count)
    {
        long blocks = (count + 3) / 4;
        return (Seed, Interlocked.Add(ref _counter, blocks) - blocks);
    }
}
