namespace Nabla;

/// <summary>The device's column of the op table.</summary>
internal static class OpTable
{
    public static OpColumn<OpEntry> Column { get; } = Build();

    private static OpColumn<OpEntry> Build()
    {
        var column = new OpColumn<OpEntry>();
        Elementwise.AddTo(column);
        Mover.AddTo(column);
        Creator.AddTo(column);
        Reducer.AddTo(column);
        ArgReducer.AddTo(column);
        Multiplier.AddTo(column);
        Scatterer.AddTo(column);
        Checker.AddTo(column);
        return column;
    }
}
