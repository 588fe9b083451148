using System.Numerics;

namespace Nabla.Tests;

/// <summary>A strided matrix over an array of its own, filled at random.</summary>
internal sealed class Matrix<T> where T : unmanaged, INumber<T>
{
    public Matrix(Random random, int rows, int columns, long rowStride, long columnStride)
    {
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
        long rowReach = rowStride * Math.Max(0, rows - 1), columnReach = columnStride * Math.Max(0, columns - 1);
        Offset = -Math.Min(0, rowReach) - Math.Min(0, columnReach);
        Data = new T[1 + Math.Abs(rowReach) + Math.Abs(columnReach)];
        for (var i = 0; i < Data.Length; i++) Data[i] = Draw(random);
    }

    public int Rows { get; }

    public int Columns { get; }

    public long RowStride { get; }

    public long ColumnStride { get; }

    /// <summary>Where element [0, 0] lies: not at the start where a stride is negative.</summary>
    public long Offset { get; }

    public T[] Data { get; }

    public ref T this[int row, int column] => ref Data[Offset + row * RowStride + column * ColumnStride];

    public static Matrix<T> Plain(Random random, int rows, int columns) => new(random, rows, columns, columns, 1);

    public static Matrix<T> Transposed(Random random, int rows, int columns) => new(random, rows, columns, 1, rows);

    /// <summary>The matrix over its data pinned at <paramref name="data"/>.</summary>
    public unsafe MatrixView<T> View(T* data) => new(data + Offset, RowStride, ColumnStride);

    private static T Draw(Random random) => typeof(T) == typeof(float) || typeof(T) == typeof(double)
        ? T.CreateChecked(random.NextDouble() - 0.5)
        : T.CreateTruncating(random.NextInt64());
}
