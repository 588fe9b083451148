namespace Nabla.Peers;

/// <summary>Figures of whole processes.</summary>
internal static class ProcessRows
{
    private const int Pairs = 5, Starts = 12;

    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["peak-memory"] = new ProcessKind("MB", Pairs, OurPeak, PeerPeak),
        ["start-against-empty"] = new ProcessKind("s", Starts, Start(ChildMain.FirstOurs), Start(ChildMain.Empty)),
        ["start-ready-against-empty"] = new ProcessKind("s", Starts, ReadyStart(), ReadyStart(ChildMain.Empty)),
        ["start-native-against-peer"] = new ProcessKind("s", Starts, NativeStart, Start(ChildMain.FirstPeer)),
        ["start-against-peer"] = new ProcessKind("s", Starts, Start(ChildMain.FirstOurs), Start(ChildMain.FirstPeer)),
    };

    private static double NativeStart(Row row, Engine engine) => Child.Run(Child.Native()).Seconds;

    private static Func<Row, Engine, double> ReadyStart(params string[] arguments) => (_, _) => Child.Run(Child.Ready(arguments)).Seconds;

    private static double OurPeak(Row row, Engine engine) => Child.Number(Child.Of(Peak(row, ChildMain.Ours, engine)));

    /// <summary>With either setting of malloc, the better.</summary>
    private static double PeerPeak(Row row, Engine engine)
    {
        string[] arguments = Peak(row, ChildMain.Peer, engine);
        return Math.Min(Child.Number(Child.Of(arguments)), Child.Number(Child.Tuned(arguments)));
    }

    private static string[] Peak(Row row, string side, Engine engine) =>
        [ChildMain.Peak, row.Of ?? throw new InvalidDataException($"{row.Name}: of which row?"), side, $"{engine.Threads}"];

    private static Func<Row, Engine, double> Start(string child) => (_, _) => Child.Run(Child.Of(child)).Seconds;
}
