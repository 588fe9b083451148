namespace Nabla;

/// <summary>Which kernel computes a product: chosen from the shape and strides of the whole, never from a thread's part of it.</summary>
internal enum GemmMethod
{
    /// <summary>Register tiles: <see cref="GemmDriver{TLanes, TVector, T}"/>.</summary>
    Tiles,

    /// <summary>Few rows, contiguous columns of B: <see cref="RowUpdates{TLanes, TVector, T}"/>.</summary>
    RowUpdates,

    /// <summary>Few rows, contiguous k: <see cref="DotProducts{TLanes, TVector, T}"/>.</summary>
    DotProducts,
}
