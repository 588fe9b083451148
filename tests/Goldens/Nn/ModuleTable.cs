using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>PyTorch's modules and what they are here. A name, or a constructor argument, that is not here is absent.</summary>
internal static partial class ModuleTable
{
    private static readonly Dictionary<string, Entry> Entries = Build();

    /// <summary>The module or constructor argument that does not exist here; null when all do.</summary>
    public static string? Absent(string name, JsonElement options)
    {
        if (!Entries.TryGetValue(name, out var entry))
            return name;
        foreach (var option in options.EnumerateObject())
            if (!entry.Options.Contains(option.Name))
                return $"{name}({option.Name})";
        return null;
    }

    public static Module Create(string name, JsonElement options, DType dtype, Device device) => Entries[name].Create(new Args(options, device), dtype);

    /// <summary>Calls a module; positional arguments are named by their position.</summary>
    public static Tensor[] Forward(string name, Module module, Args args) => Entries[name].Forward(module, args);

    private static Dictionary<string, Entry> Build()
    {
        var entries = new Dictionary<string, Entry>();
        AddActivations(entries);
        AddLayers(entries);
        AddNorms(entries);
        return entries;
    }

    /// <summary>A module of one input and one output.</summary>
    private static void Add(this Dictionary<string, Entry> entries, string name, string[] options, Func<Args, DType, Module> create) =>
        entries.Add(name, new Entry(options, create, (module, args) => [module.Forward(args.Tensor("0"))]));

    private sealed record Entry(string[] Options, Func<Args, DType, Module> Create, Func<Module, Args, Tensor[]> Forward);
}
