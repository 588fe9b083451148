using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace Nabla;

/// <summary>Puts a program's source together: the operation codes, the common part, the element type's part, the family.</summary>
internal static class ProgramSource
{
    private static readonly ConcurrentDictionary<string, string> Files = new();

    public static string Of(string family) => Files.GetOrAdd(
        $"program {family}", _ => $"{OpCodes.Defines}\n{Read("common.cl")}\n{Read("types.cl")}\n{Read("lanes.cl")}\n{Read($"{family}.cl")}");

    private static string Read(string name) => Files.GetOrAdd(name, static n =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(n)
            ?? throw new InvalidOperationException($"The kernel source '{n}' is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    });
}
