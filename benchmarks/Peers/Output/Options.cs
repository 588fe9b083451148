using System.Globalization;

namespace Nabla.Peers;

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        --threads 1|2     threads that either side computes with (1)
        --filter TEXT     rows with TEXT in "group: name"; several texts with commas between
        --pairs N         blocks of either side
        --patience N      minutes in which rows that others disturbed are measured again (0)
        --quick           short blocks and pauses: for a look while developing, not for publication
        --list            names the rows, measures nothing
        --markdown FILE   writes the table there
        --fuzz N          compares N random calls of every function instead, measures nothing
        --survey N        times N random calls of every function, shortly: for a look at what no row shows
        --seed S          which random calls (1)
        --csv FILE        writes the figures there
        --svg FILE        writes the chart there
        """;

    public int Threads { get; private init; } = 1;

    public string? Filter { get; private init; }

    public bool Quick { get; private init; }

    /// <summary>How many random calls of every function are compared; 0 where rows are measured.</summary>
    public int Fuzz { get; private init; }

    /// <summary>How many random calls of every function are timed; 0 where rows are measured.</summary>
    public int Survey { get; private init; }

    public int Seed { get; private init; } = 1;

    /// <summary>How long rows are measured again that were measured while others took much of the machine.</summary>
    public TimeSpan Patience { get; private init; }

    public bool List { get; private init; }

    public string? Markdown { get; private init; }

    public string? Csv { get; private init; }

    public string? Svg { get; private init; }

    public required Pace Pace { get; init; }

    /// <exception cref="ArgumentException">An option is unknown, or its value is missing.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options { Pace = args.Contains("--quick") ? Pace.Quick : Pace.Full };
        var rest = new Queue<string>(args);
        string Value(string name) => rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} takes a value.");
        int Number(string name) => int.Parse(Value(name), CultureInfo.InvariantCulture);
        while (rest.TryDequeue(out string? name))
        {
            options = name switch
            {
                "--threads" => options with { Threads = Number(name) },
                "--filter" => options with { Filter = Value(name) },
                "--pairs" => options with { Pace = options.Pace with { Pairs = Number(name) } },
                "--patience" => options with { Patience = TimeSpan.FromMinutes(Number(name)) },
                "--quick" => options with { Quick = true },
                "--list" => options with { List = true },
                "--fuzz" => options with { Fuzz = Number(name) },
                "--survey" => options with { Survey = Number(name) },
                "--seed" => options with { Seed = Number(name) },
                "--markdown" => options with { Markdown = Value(name) },
                "--csv" => options with { Csv = Value(name) },
                "--svg" => options with { Svg = Value(name) },
                _ => throw new ArgumentException($"unknown option {name}."),
            };
        }

        return options;
    }
}
