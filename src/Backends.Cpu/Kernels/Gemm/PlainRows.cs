namespace Nabla;

/// <summary>Rows of a matrix as contiguous elements, for kernels that read them in vectors: copies of strided or 16-bit ones.</summary>
internal static unsafe class PlainRows<T> where T : unmanaged
{
    /// <summary>Elements [row + i, column + j] side by side in <paramref name="copy"/>.</summary>
    public static MatrixView<T> Copy(in MatrixView<T> matrix, int row, int rows, int column, int columns, T* copy)
    {
        if (matrix.Widen is not null && matrix.ColumnStride == 1 && matrix.RowStride == columns)
        {
            matrix.Widen((byte*)matrix.At(row, column), sizeof(ushort), (byte*)copy, (nint)rows * columns);   // no gaps between rows
            return new(copy, columns, 1);
        }

        if (matrix.Widen is null)
        {
            Packing<T>.Interleave(matrix.At(row, column), matrix.ColumnStride, columns, matrix.RowStride, rows, copy, columns);
            return new(copy, columns, 1);
        }

        for (var i = 0; i < rows; i++)
            matrix.Widen((byte*)matrix.At(row + i, column), matrix.ColumnStride * sizeof(ushort), (byte*)(copy + (nint)i * columns), columns);
        return new(copy, columns, 1);
    }
}
