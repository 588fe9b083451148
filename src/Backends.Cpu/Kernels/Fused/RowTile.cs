namespace Nabla;

/// <summary>Rows of up to two inputs and a result: row r of each starts at its pointer plus r lengths of a row.</summary>
internal unsafe struct RowTile<T> where T : unmanaged
{
    /// <summary>The first input; where it is in a buffer, the result is, too.</summary>
    public T* A;

    public T* B;
    public T* Y;

    /// <summary>How far ahead passes fetch: nothing where the rows are in a buffer already.</summary>
    public nint Ahead;
}

/// <summary>Work on rows that do not depend on each other, or only within groups. What is read of a is read before y is written there.</summary>
internal interface IRowWork<T> where T : unmanaged
{
    /// <summary>Rows from <paramref name="start"/> on; those of a group come in order, but maybe in several calls.</summary>
    void Run(in RowTile<T> tile, long start, long count);
}
