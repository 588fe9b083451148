namespace Nabla.Goldens;

/// <summary>What became of a case.</summary>
internal enum Verdict
{
    Passed,
    Failed,

    /// <summary>The engine has no such operation.</summary>
    Absent,

    /// <summary>The device says beforehand that it does not offer what the case asks for.</summary>
    Unsupported,
}

/// <summary>What became of a case, and why.</summary>
internal readonly record struct Outcome(Verdict Verdict, string? Reason = null)
{
    public static Outcome Passed => new(Verdict.Passed);

    public static Outcome Absent(string what) => new(Verdict.Absent, what);

    public static Outcome Unsupported(string reason) => new(Verdict.Unsupported, reason);

    /// <summary>Passed, unless there is a difference.</summary>
    public static Outcome Of(string? difference) => difference is null ? Passed : new(Verdict.Failed, difference);
}
