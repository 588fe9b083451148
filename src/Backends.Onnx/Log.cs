using Microsoft.Extensions.Logging;

namespace Nabla;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Device}: more than half of the last {Window} evaluations had to compile their graph. Which operations are computed changes from one to the next; keep it constant, or read values less often in between. Where the same graphs come in turn, more of them than are kept, raise OnnxOptions.MaxSessions and CacheLimitMegabytes.")]
    public static partial void MissStorm(ILogger logger, string device, int window);
}
