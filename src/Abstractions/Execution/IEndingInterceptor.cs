namespace Nabla;

/// <summary>An interceptor that may end before a scope in which it is in force does.</summary>
internal interface IEndingInterceptor : IInterceptor
{
    /// <summary>Whether it hears of nothing more.</summary>
    bool HasEnded { get; }
}
