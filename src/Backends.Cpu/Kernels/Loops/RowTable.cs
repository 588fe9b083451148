namespace Nabla;

/// <summary>The rows of one operation by element type, made when first used: a program meets few of them.</summary>
internal sealed class RowTable(Func<DType, Row> create)
{
    private readonly Row?[] _rows = new Row?[DTypes.Count];

    public Row this[DType dtype] => _rows[(int)dtype] ??= create(dtype);
}
