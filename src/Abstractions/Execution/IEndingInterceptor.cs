namespace Nabla;

/// <summary>An interceptor that may end before a scope in which it is in force does.</summary>
internal interface IEndingInterceptor : IInterceptor
{
    /// <summary>Whether it hears of nothing more.</summary>
    bool HasEnded { get; }
}

/// <summary>Restores the ambient state that was in force before.</summary>
public readonly struct AmbientScope : IDisposable
{
    private readonly Ambient? _previous;

    internal AmbientScope(Ambient? previous) => _previous = previous;

    /// <summary>Restores the previous state.</summary>
    public void Dispose() => Ambient.Restore(_previous);
}
