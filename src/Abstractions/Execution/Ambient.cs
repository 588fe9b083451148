namespace Nabla;

/// <summary>
/// The ambient state of a flow of execution: follows <c>await</c>, not worker threads. Null is the default and the fast path.
/// </summary>
/// <param name="GradMode">Whether operations are recorded for differentiation.</param>
/// <param name="Device">Where tensors are created when no device is named; null for the process default.</param>
/// <param name="Generator">Where random numbers come from; null for the process default.</param>
/// <param name="Interceptor">Sees every executed call; null for nobody.</param>
public sealed record Ambient(bool GradMode, Device? Device, Generator? Generator, IInterceptor? Interceptor)
{
    private static readonly AsyncLocal<Ambient?> Flow = new();

    /// <summary>Gradients on, nothing else set.</summary>
    public static Ambient Default { get; } = new(GradMode: true, null, null, null);

    /// <summary>The state in force; null means <see cref="Default"/>.</summary>
    public static Ambient? Current => Flow.Value;

    /// <summary>Puts a state in force until the result is disposed; null is <see cref="Default"/>.</summary>
    public static AmbientScope Push(Ambient? state)
    {
        var scope = new AmbientScope(Flow.Value);
        Flow.Value = state;
        return scope;
    }

    /// <summary>Adds an interceptor to the state in force, beside one that is there, until the result is disposed.</summary>
    public static AmbientScope Intercept(IInterceptor interceptor)
    {
        var state = Current ?? Default;
        return Push(state with { Interceptor = state.Interceptor is { } first ? new InterceptorChain(first, interceptor) : interceptor });
    }

    /// <summary>Takes an interceptor out of the state in force, which else stays as it is.</summary>
    internal static void Remove(IInterceptor interceptor)
    {
        if (Current is not { Interceptor: { } all } state)
            return;
        var rest = InterceptorChain.Without(all, interceptor);
        if (rest == all)
            return;
        state = state with { Interceptor = rest };
        Flow.Value = state == Default ? null : state;
    }

    /// <summary>Goes back to a state, but not to an interceptor that has ended since: a profiler may end in a later scope.</summary>
    internal static void Restore(Ambient? state)
    {
        Flow.Value = state;
        if (state?.Interceptor is { } all)
            RemoveEnded(all);
    }

    private static void RemoveEnded(IInterceptor all)
    {
        if (all is IEndingInterceptor { HasEnded: true })
        {
            Remove(all);
        }
        else if (all is InterceptorChain chain)
        {
            RemoveEnded(chain.Inner);
            RemoveEnded(chain.Outer);
        }
    }
}

/// <summary>Restores the ambient state that was in force before.</summary>
public readonly struct AmbientScope : IDisposable
{
    private readonly Ambient? _previous;

    internal AmbientScope(Ambient? previous) => _previous = previous;

    /// <summary>Restores the previous state.</summary>
    public void Dispose() => Ambient.Restore(_previous);
}
