namespace Nabla;

/// <summary>A rectangle of C: what one thread computes.</summary>
internal readonly record struct GemmBlock(int RowStart, int RowEnd, int ColumnStart, int ColumnEnd)
{
    public bool IsEmpty => RowStart >= RowEnd || ColumnStart >= ColumnEnd;
}
