namespace Nabla;

/// <summary>A rectangle of C: what one thread computes.</summary>
internal readonly struct GemmBlock(int rowStart, int rowEnd, int columnStart, int columnEnd)
{
    public readonly int RowStart = rowStart;
    public readonly int RowEnd = rowEnd;
    public readonly int ColumnStart = columnStart;
    public readonly int ColumnEnd = columnEnd;

    public bool IsEmpty => RowStart >= RowEnd || ColumnStart >= ColumnEnd;
}
