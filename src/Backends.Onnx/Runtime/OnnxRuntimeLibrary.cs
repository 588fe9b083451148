using Microsoft.ML.OnnxRuntime;

namespace Nabla;

/// <summary>
/// The native library, which the application brings: its environment, with one thread pool for all sessions where nobody created it before.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    private static readonly Lock Gate = new();
    private static readonly string[] OutOfMemory = ["failed to allocate", "out of memory", "allocation failed", "ALLOC_FAILED", "ALLOCATION_FAILED", "bad_alloc", "bad allocation"];
    private static string[]? _providers;
    private static string _version = "";

    /// <summary>Whether sessions share the environment's threads and arena.</summary>
    public static bool Shared { get; private set; }

    public static string Version => _version;

    public static IReadOnlyList<string> Providers => _providers ?? [];

    public static bool Has(string provider) => Providers.Contains(provider);

    /// <summary>Loads the library and creates the environment, once in the process.</summary>
    /// <exception cref="DeviceUnavailableException">There is no native library, or it does not load.</exception>
    public static void EnsureCreated(OnnxOptions options)
    {
        lock (Gate)
        {
            if (_providers is not null)
                return;
            try
            {
                Create(options);
            }
            catch (Exception e) when (Explain(e) is { } reason)
            {
                throw new DeviceUnavailableException("onnx", reason, e);
            }
        }
    }

    /// <summary>Whether memory is what was missing: the host's, or CUDA's, for a result or for a library's handle.</summary>
    public static bool IsOutOfMemory(OnnxRuntimeException exception) => IsOutOfMemory(exception.Message);

    /// <summary>As the other overload, of the message: there is no code for it.</summary>
    internal static bool IsOutOfMemory(string message) => OutOfMemory.Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>What to tell of an exception from the first call into the library; null for one that it is not to blame for.</summary>
    public static string? Explain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DllNotFoundException or BadImageFormatException)
                return $"the native library of ONNX Runtime is missing or does not load ({e.Message.Split('\n')[0]}); reference the package Microsoft.ML.OnnxRuntime in the application, or Microsoft.ML.OnnxRuntime.Gpu for CUDA.";
            if (e is EntryPointNotFoundException)
                return $"the native library of ONNX Runtime does not fit its managed part ({e.Message}); reference Microsoft.ML.OnnxRuntime of the same version as Microsoft.ML.OnnxRuntime.Managed.";
        }

        return null;
    }

    /// <summary>
    /// The environment with these options, unless a session that the program opens on another thread comes first: ONNX Runtime then gives that
    /// session's, or throws.
    /// </summary>
    private static OrtEnv CreateOrTake(ref EnvironmentCreationOptions creation)
    {
        try
        {
            return OrtEnv.CreateInstanceWithOptions(ref creation);
        }
        catch (OnnxRuntimeException) when (OrtEnv.IsCreated)
        {
            return OrtEnv.Instance();
        }
    }

    private static void Create(OnnxOptions options)
    {
        if (!OrtEnv.IsCreated)
        {
            using var threads = new OrtThreadingOptions
            {
                GlobalInterOpNumThreads = 1,
                GlobalIntraOpNumThreads = options.MaxThreads,
                GlobalSpinControl = options.AllowSpinning,
            };
            var creation = new EnvironmentCreationOptions
            {
                logId = "Nabla",
                logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // failures arrive as exceptions
                threadOptions = threads,
            };
            var environment = CreateOrTake(ref creation);
            if (environment.EnvLogLevel == creation.logLevel) // ours, and so with threads for all sessions
            {
                // One arena for the intermediate results of all sessions, which grows by what is asked for.
                using var arena = new OrtArenaCfg(0, 1, -1, -1);
                using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
                environment.CreateAndRegisterAllocator(memory, arena);
                Shared = true;
            }
        }

        _version = OrtEnv.Instance().GetVersionString();
        _providers = OrtEnv.Instance().GetAvailableProviders();
    }
}
