namespace Nabla.Peers;

/// <summary>Every kind of row that a manifest may name, from the tables beside this file.</summary>
internal static class RowKinds
{
    private static readonly Dictionary<string, RowKind> Kinds = Collect();

    public static IEnumerable<string> Names => Kinds.Keys.Order();

    public static bool Knows(string kind) => Kinds.ContainsKey(kind);

    public static RowKind Of(Row row) => Kinds[row.Kind];

    private static Dictionary<string, RowKind> Collect()
    {
        var kinds = new Dictionary<string, RowKind>();
        foreach (var table in new[] { MatMulRows.Table, ElementwiseRows.Table, ReductionRows.Table, MovementRows.Table })
            foreach (var (name, operation) in table)
                kinds.Add(name, operation.Kind());
        foreach (var table in new[] { OverheadRows.Table, TrainingRows.Table, TransformerRows.Table, InferenceRows.Table, ProcessRows.Table })
            foreach (var (name, kind) in table)
                kinds.Add(name, kind);
        return kinds;
    }
}
