using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Peers;

/// <summary>The committed list of rows.</summary>
internal static class ManifestFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads it from beside the program.</summary>
    /// <exception cref="InvalidDataException">Two rows share a name, or a row has an unknown kind.</exception>
    public static IReadOnlyList<Row> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "manifest.json");
        var rows = JsonSerializer.Deserialize<Row[]>(File.ReadAllText(path), Strict) ?? [];
        var names = new HashSet<string>();
        foreach (var row in rows)
        {
            if (!names.Add(row.Name))
                throw new InvalidDataException($"{path}: two rows are called '{row.Name}'.");
            if (!RowKinds.Knows(row.Kind))
                throw new InvalidDataException($"{path}: the row '{row.Name}' has the kind '{row.Kind}'; there are: {string.Join(", ", RowKinds.Names)}.");
        }

        return rows;
    }
}
