namespace Nabla;

/// <summary>
/// What a matrix product needs of a vector, or of a single lane where vectors are not accelerated, so that its kernels are written once
/// for all. <typeparamref name="V"/> is the bare hardware vector: a wrapping struct would not reliably stay in registers.
/// </summary>
internal unsafe interface ILanes<V, T> where V : struct where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the largest register tile: two accumulators a row, two vectors of B and a broadcast fit the registers.</summary>
    static abstract int MaxRows { get; }

    /// <summary>Whether masked loads are one instruction.</summary>
    static abstract bool HasMaskedLoad { get; }

    static abstract V Load(T* source);
    static abstract void Store(T* destination, V value);
    static abstract V Create(T value);
    static abstract V Add(V x, V y);

    /// <summary>x * y + z, fused where the hardware fuses.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);

    /// <summary>All bits of the first <paramref name="count"/> lanes; of a single lane, whose mask is never looked at, none.</summary>
    static abstract V Mask(int count);

    /// <summary>Loads the lanes of a <see cref="Mask"/>, zeros elsewhere, and touches no other memory.</summary>
    static abstract V LoadMasked(T* source, V mask);

    /// <summary>Stores the lanes of a <see cref="Mask"/> and touches no other memory.</summary>
    static abstract void StoreMasked(T* destination, V value, V mask);

    /// <summary>The sum of the lanes, in an order fixed for the width.</summary>
    static abstract T Sum(V x);
}
