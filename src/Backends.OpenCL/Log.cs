using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>What the OpenCL devices tell the host's log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Device}: built '{Program}' in {Milliseconds} ms.")]
    public static partial void Built(ILogger logger, string device, string program, long milliseconds);

    [LoggerMessage(2, LogLevel.Debug, "{Device}: '{Program}' came from the cache in {Milliseconds} ms.")]
    public static partial void Loaded(ILogger logger, string device, string program, long milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "The program cache '{Directory}' cannot be used: {Reason} Programs are built again in every process; name another folder in OpenCL:ProgramCacheDirectory.")]
    public static partial void CacheFailed(ILogger logger, string directory, string reason);

    [LoggerMessage(4, LogLevel.Debug, "The cached program '{File}' is not usable ({Reason}) and is built again.")]
    public static partial void CacheEntryRejected(ILogger logger, string file, string reason);

    [LoggerMessage(5, LogLevel.Debug, "The compiler says of '{Program}': {Notes}")]
    public static partial void BuildNotes(ILogger logger, string program, string notes);
}
