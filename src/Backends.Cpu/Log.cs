using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>What the CPU device says to a host's log.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "{Message}")]
    public static partial void SlowInstructions(ILogger logger, string message);
}
