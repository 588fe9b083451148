using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// A strided matrix in memory. Strides are in elements and arbitrary: swapped for a transpose, zero for a broadcast, negative for a flip.
/// </summary>
/// <param name="pointer">Element [0, 0]; null where there is no matrix.</param>
/// <param name="rowStride">From a row to the next.</param>
/// <param name="columnStride">From a column to the next.</param>
/// <param name="widen">
/// How 16-bit elements become <typeparamref name="T"/>: source, its stride in bytes, destination, count. Such a matrix is only packed or
/// copied, never read in place. Null for elements of type <typeparamref name="T"/>.
/// </param>
internal readonly unsafe struct MatrixView<T>(
    T* pointer, long rowStride, long columnStride, delegate*<byte*, nint, byte*, nint, void> widen = null) where T : unmanaged
{
    public readonly T* Pointer = pointer;
    public readonly nint RowStride = (nint)rowStride;
    public readonly nint ColumnStride = (nint)columnStride;
    public readonly delegate*<byte*, nint, byte*, nint, void> Widen = widen;

    /// <summary>Whether rows can be read in place as vectors.</summary>
    public bool HasPlainRows => ColumnStride == 1 && Widen is null;

    public MatrixView<T> Transposed => new(Pointer, ColumnStride, RowStride, Widen);

    /// <summary>Where an element lies; of another type than it says while elements are 16-bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* At(nint row, nint column) => After(row * RowStride + column * ColumnStride);

    /// <summary>The same layout some elements further on.</summary>
    public MatrixView<T> Moved(long elements) => new(After((nint)elements), RowStride, ColumnStride, Widen);

    /// <summary>What begins at an element.</summary>
    public MatrixView<T> From(nint row, nint column) => new(At(row, column), RowStride, ColumnStride, Widen);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* After(nint elements) => Widen is null ? Pointer + elements : (T*)((ushort*)Pointer + elements);
}
