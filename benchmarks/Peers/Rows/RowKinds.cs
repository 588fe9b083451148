namespace Nabla.Peers;

/// <summary>Every kind of row that a manifest may name, from the tables beside this file.</summary>
internal static class RowKinds
{
    private static readonly Dictionary<string, Func<Row, Engine, Contest>> Kinds = Collect();

    public static IEnumerable<string> Names => Kinds.Keys.Order();

    public static bool Knows(string kind) => Kinds.ContainsKey(kind);

    /// <summary>Makes both sides of a row.</summary>
    public static Contest Open(Row row, Engine engine) => Kinds[row.Kind](row, engine);

    private static Dictionary<string, Func<Row, Engine, Contest>> Collect()
    {
        var kinds = new Dictionary<string, Func<Row, Engine, Contest>>();
        foreach (var table in new[] { MatMulRows.Table, ElementwiseRows.Table, ReductionRows.Table, MovementRows.Table })
            foreach (var (name, operation) in table)
                kinds.Add(name, operation.Open);
        return kinds;
    }
}
