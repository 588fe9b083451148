using System.Diagnostics;

namespace Nabla;

/// <summary>
/// Measures time, calls and bytes of every operation in its scope, on any device: as a table (<see cref="ToString"/>), as rows, and as a
/// trace that chrome://tracing and Perfetto show. PyTorch: <c>torch.profiler.profile</c>.
/// </summary>
/// <remarks>
/// The scope follows the flow of execution, also through <c>await</c> and into tasks that are started within it; what other flows do is not
/// seen. Without a profiler an operation pays a test of one reference. With one, each costs a fraction of a microsecond more. On a device
/// that queues or records, times are those of the calls, not of the work: see <see cref="ProfilerOptions.Synchronize"/>. Within an export
/// it sees what the traced function does. Thread-safe.
/// </remarks>
public sealed class Profiler : IDisposable
{
    private readonly ProfilerInterceptor _interceptor;
    private readonly long _started;
    private long _stopped;

    private Profiler(ProfilerOptions options)
    {
        Options = options;
        _interceptor = new ProfilerInterceptor(options);
        _ = Ambient.Intercept(_interceptor); // Dispose takes it out again, whatever scopes began or ended meanwhile
        _started = Now;
    }

    /// <summary>What it looks at.</summary>
    public ProfilerOptions Options { get; }

    /// <summary>The time since the start, or from the start to the end.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started, Volatile.Read(ref _stopped) is not 0 and var end ? end : Now);

    /// <summary>Operations, views and copies so far, those that took longest first.</summary>
    public IReadOnlyList<ProfileRow> Rows => [.. Sums().Where(s => s.Key.Kind != ProfileKind.Range).Select(Row).Order(Slowest.Instance)];

    /// <summary>Ranges so far: those of <see cref="Range"/>, backward passes and their nodes, composites that ran as their parts. One holds the time of all that is in it.</summary>
    public IReadOnlyList<ProfileRow> Ranges => [.. Sums().Where(s => s.Key.Kind == ProfileKind.Range).Select(Row).Order(Slowest.Instance)];

    internal static long Now => Stopwatch.GetTimestamp();

    internal ProfilerInterceptor Interceptor => _interceptor;

    internal long Started => _started;

    /// <summary>Measures from here on, until the result is disposed.</summary>
    /// <param name="options">What to look at; null for the defaults.</param>
    public static Profiler Start(ProfilerOptions? options = null)
    {
        options ??= new ProfilerOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxEvents, nameof(options));
        return new Profiler(options);
    }

    /// <summary>
    /// Names what happens until the result is disposed: a step, a layer. It shows in the table and in the trace of every profiler whose scope
    /// this is in, and costs next to nothing where there is none. PyTorch: <c>torch.profiler.record_function</c>.
    /// </summary>
    public static IDisposable? Range(string name) => Ambient.Current?.Interceptor?.Range(name, RangeKind.User);

    /// <summary>Ends the scope. What was measured stays.</summary>
    public void Dispose()
    {
        if (Interlocked.CompareExchange(ref _stopped, Now, 0) != 0)
            return;
        _interceptor.Stop();
        Ambient.Remove(_interceptor);
    }

    /// <summary>The table.</summary>
    public override string ToString() => ProfileTable.Format(this);

    /// <summary>Writes the trace to a file, to be opened in chrome://tracing or https://ui.perfetto.dev.</summary>
    public void SaveChromeTrace(string path)
    {
        using var file = File.Create(path);
        WriteChromeTrace(file);
    }

    /// <summary>Writes the trace as JSON, in Chrome's format of trace events.</summary>
    public void WriteChromeTrace(Stream stream) => ChromeTrace.Write(this, stream);

    private static ProfileRow Row(KeyValuePair<ProfileKey, ProfileSum> sum) => new()
    {
        Name = sum.Key.Name,
        IsBackward = sum.Key.IsBackward,
        Device = sum.Key.Device,
        Inputs = sum.Key.Inputs,
        Calls = sum.Value.Calls,
        Total = Stopwatch.GetElapsedTime(0, sum.Value.Ticks),
        Allocated = sum.Value.Allocated,
        Moved = sum.Value.Moved,
    };

    private Dictionary<ProfileKey, ProfileSum> Sums()
    {
        var sums = new Dictionary<ProfileKey, ProfileSum>();
        foreach (var log in _interceptor.Logs)
            log.AddTo(sums);
        return sums;
    }

    private sealed class Slowest : IComparer<ProfileRow>
    {
        public static Slowest Instance { get; } = new();

        public int Compare(ProfileRow? x, ProfileRow? y) => (x, y) switch
        {
            (null, _) or (_, null) => Comparer<bool>.Default.Compare(x is null, y is null),
            _ when x.Total != y.Total => y.Total.CompareTo(x.Total),
            _ => string.CompareOrdinal(x.Name, y.Name),
        };
    }
}
