namespace Nabla.Peers;

/// <summary>What one of the two engines does for a row.</summary>
internal abstract class Side : IDisposable
{
    /// <summary>Makes fresh inputs, at new addresses; both sides of a row make the same values of the same seed.</summary>
    public abstract void Prepare(ulong seed);

    /// <summary>The call that is measured.</summary>
    public abstract void Run();

    /// <summary>Computes once and gives the values, for the comparison of both sides.</summary>
    public abstract double[] Values();

    public abstract void Dispose();
}
