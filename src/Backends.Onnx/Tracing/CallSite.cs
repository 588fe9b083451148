using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nabla;

/// <summary>Where in the caller's code an operation was asked for: the first frame outside the engine and the framework.</summary>
/// <param name="File">The source file, or the method where no debug symbols are at hand.</param>
/// <param name="Line">The line; 0 where it is not known.</param>
internal sealed record CallSite(string File, int Line)
{
    private static readonly ConcurrentDictionary<(string? Type, string Method, int Offset), CallSite> Known = [];

    private static readonly HashSet<string> Engine =
    [
        "Nabla.Abstractions", "Nabla.Autograd", "Nabla.Nn", "Nabla.Backends.Cpu", "Nabla.Backends.OpenCL", "Nabla.Backends.Onnx",
    ];

    /// <summary>The place in the code that led here.</summary>
    public static CallSite Here()
    {
        var trace = new StackTrace(fNeedFileInfo: false);
        for (int i = 0; i < trace.FrameCount; i++)
        {
            var frame = trace.GetFrame(i)!;
            if (DiagnosticMethodInfo.Create(frame) is not { } method || IsForeign(method.DeclaringAssemblyName))
                continue;
            var key = (method.DeclaringTypeName, method.Name, frame.GetILOffset());
            if (!Known.TryGetValue(key, out var site))
                Known[key] = site = Resolve(new StackFrame(i, needFileInfo: true), method); // reading symbols takes a while: once for each place
            return site;
        }

        return new("an unknown place", 0);
    }

    /// <summary>Without the folders, which are those of the machine that compiled the program.</summary>
    public string Brief => Line > 0 ? $"{Path.GetFileName(File)}:{Line}" : File;

    public override string ToString() => Line > 0 ? $"{File}:{Line}" : File;

    private static CallSite Resolve(StackFrame frame, DiagnosticMethodInfo method) => frame.GetFileName() is { } file
        ? new(file, frame.GetFileLineNumber())
        : new($"{method.DeclaringTypeName}.{method.Name}", 0);

    private static bool IsForeign(string assembly)
    {
        string name = assembly.Split(',')[0];
        return Engine.Contains(name) || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
    }
}
