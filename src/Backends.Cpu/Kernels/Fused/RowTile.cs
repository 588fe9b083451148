namespace Nabla;

/// <summary>Float32 rows of up to two inputs and a result: row r of each starts at its pointer plus r lengths of a row.</summary>
internal unsafe struct RowTile
{
    /// <summary>The first input; where it is in a buffer, the result is, too.</summary>
    public float* A;

    public float* B;
    public float* Y;

    /// <summary>How far ahead passes fetch: nothing where the rows are in a buffer already.</summary>
    public nint Ahead;
}

/// <summary>Work on float32 rows that do not depend on each other, or only within groups. What is read of a is read before y is written there.</summary>
internal interface IRowWork
{
    /// <summary>Rows from <paramref name="start"/> on; those of a group come in order, but maybe in several calls.</summary>
    void Run(in RowTile tile, long start, long count);
}
