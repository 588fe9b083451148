using System.Diagnostics;
using System.Text.Json;

namespace Nabla;

/// <summary>Writes a profile as Chrome's trace events: one complete event ("X") for each call, nested by time on its thread.</summary>
internal static class ChromeTrace
{
    private const int ProcessId = 1;

    public static void Write(Profiler profiler, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        WriteName(json, "process_name", 0, "Nabla");
        foreach (var log in profiler.Interceptor.Logs)
        {
            WriteName(json, "thread_name", log.ThreadId, $"{log.ThreadName} {log.ThreadId}");
            foreach (var e in log.Events().OrderBy(e => e.Start).ThenByDescending(e => e.End)) // what contains comes before what it contains
                Write(json, e, log.ThreadId, profiler.Started);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter json, string what, int thread, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", what);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", ProcessId);
        json.WriteNumber("tid", thread);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in ProfileEvent e, int thread, long started)
    {
        json.WriteStartObject();
        json.WriteString("name", e.Key.Name);
        json.WriteString("cat", Category(e.Key));
        json.WriteString("ph", "X");
        json.WriteNumber("pid", ProcessId);
        json.WriteNumber("tid", thread);
        json.WriteNumber("ts", Microseconds(e.Start - started));
        json.WriteNumber("dur", Microseconds(e.End - e.Start));
        if (e.Key.Kind != ProfileKind.Range)
        {
            json.WriteStartObject("args");
            json.WriteString("device", $"{e.Key.Device}");
            if (e.Key.Inputs.Length > 0)
                json.WriteString("inputs", e.Key.Inputs);
            json.WriteNumber("allocated bytes", e.Allocated);
            json.WriteNumber("moved bytes", e.Moved);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Category(in ProfileKey key) => key.Kind switch
    {
        ProfileKind.Range => "range",
        ProfileKind.View => "view",
        ProfileKind.Copy => "copy",
        _ => key.IsBackward ? "backward" : "forward",
    };

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
