namespace Nabla;

/// <summary>Spaces out what may be in vain: each failure doubles the turns until the next attempt; a success starts over.</summary>
/// <param name="most">Turns from one attempt to the next, at the most.</param>
internal struct Backoff(int most)
{
    private int _turns;
    private int _every = 1;

    /// <summary>Takes a turn; whether an attempt is due. <see cref="Report"/> follows then.</summary>
    public bool IsDue() => --_turns <= 0;

    /// <summary>Says how the attempt went.</summary>
    public void Report(bool worked) => _turns = _every = worked ? 1 : Math.Min(_every * 2, most);
}
