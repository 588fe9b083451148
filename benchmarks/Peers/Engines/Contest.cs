namespace Nabla.Peers;

/// <summary>Both sides of a row.</summary>
/// <param name="Ours">Nabla.</param>
/// <param name="Peer">The other.</param>
/// <param name="Tolerance">How far values may differ, relative to the largest.</param>
internal sealed record Contest(Side Ours, Side Peer, double Tolerance) : IDisposable
{
    /// <summary>Refuses to measure sides that compute different things.</summary>
    /// <exception cref="InvalidDataException">They do.</exception>
    public void CheckAgreement(string row)
    {
        const ulong Seed = 77;
        Ours.Prepare(Seed);
        double[] ours = Ours.Values();
        Peer.Prepare(Seed);
        double[] peer = Peer.Values();
        if (ours.Length != peer.Length)
            throw new InvalidDataException($"{row}: ours gives {ours.Length} values, the peer {peer.Length}.");
        double allowed = Tolerance * peer.Max(Math.Abs);
        for (int i = 0; i < ours.Length; i++)
            if (!(Math.Abs(ours[i] - peer[i]) <= allowed))
                throw new InvalidDataException($"{row}: value {i} is {ours[i]:R}, the peer's {peer[i]:R}; {allowed:G3} is allowed.");
    }

    public void Dispose()
    {
        Ours.Dispose();
        Peer.Dispose();
    }
}
