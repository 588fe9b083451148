namespace Nabla.Peers;

/// <summary>Figures of whole processes.</summary>
internal static class ProcessRows
{
    private const int Pairs = 3, Starts = 10;

    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["peak-memory"] = new ProcessKind("MB", Pairs, Peak(ChildMain.Ours), Peak(ChildMain.Peer)),
        ["start-against-empty"] = new ProcessKind("s", Starts, Start(ChildMain.FirstOurs), Start(ChildMain.Empty)),
        ["start-against-peer"] = new ProcessKind("s", Starts, Start(ChildMain.FirstOurs), Start(ChildMain.FirstPeer)),
    };

    private static Func<Row, Engine, double> Peak(string side) => (row, engine) =>
        Child.Number(Child.Of(ChildMain.Peak, row.Of ?? throw new InvalidDataException($"{row.Name}: of which row?"), side, $"{engine.Threads}"));

    private static Func<Row, Engine, double> Start(string child) => (_, _) => Child.Run(Child.Of(child)).Seconds;
}
