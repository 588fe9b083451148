namespace Nabla.Goldens;

/// <summary>Where the reference data is.</summary>
internal static class DataFolder
{
    /// <summary>Relative to the root of the repository.</summary>
    public const string Default = "../shared/goldens";

    /// <summary>The named folder, or the default one as seen from the working or the program's directory or one above; null if absent.</summary>
    public static string? Find(string? named)
    {
        if (named is not null)
            return HasFamilies(named) ? named : null;
        foreach (string start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
                if (Path.Combine(at.FullName, Default) is var candidate && HasFamilies(candidate))
                    return Path.GetFullPath(candidate);
        return null;
    }

    private static bool HasFamilies(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.json").Any();
}
