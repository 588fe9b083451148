using System.Text.Json;

namespace Nabla.Goldens;

/// <summary>Which family is run how.</summary>
internal static class Families
{
    private static readonly string[] Subjects = ["op", "program", "module", "scheduler", "training", "optimizer"];

    public static IFamily Of(string name) => name switch
    {
        "errors" => new ErrorFamily(),
        "second_order" => new SecondOrderFamily(),
        "programs" => new ProgramFamily(),
        "optimizers" => new OptimizerFamily(),
        "modules" => new ModuleFamily(),
        "training" => new TrainingFamily(),
        "schedulers" => new MissingFamily(),
        _ => new OperationFamily(),
    };

    /// <summary>The name of what a case is about.</summary>
    public static string Subject(JsonElement testCase)
    {
        foreach (string key in Subjects)
            if (testCase.TryGetProperty(key, out var value))
                return value.GetString()!;
        return "?";
    }

    public static string Note(JsonElement testCase) => testCase.TryGetProperty("note", out var note) ? $"({note.GetString()})" : "";
}
