namespace Nabla;

/// <summary>
/// The operations of one vector width, so that a kernel is written once for all of them. <typeparamref name="TVector"/> is the bare
/// hardware vector: a wrapping struct would not reliably stay in registers.
/// </summary>
internal unsafe interface ILanes<TVector, T> where TVector : struct where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the largest register tile: two accumulators a row, two vectors of B and a broadcast fit the registers.</summary>
    static abstract int MaxRows { get; }

    /// <summary>Whether masked loads are one instruction; otherwise ragged panels are copied to zero-padded scratch first.</summary>
    static abstract bool HasMaskedLoad { get; }

    static abstract TVector Load(T* source);
    static abstract void Store(T* destination, TVector value);
    static abstract TVector Broadcast(T* source);
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x * y + addend, fused where the hardware fuses.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector addend);

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    static abstract TVector Mask(int count);

    /// <summary>Loads the lanes of a <see cref="Mask"/>, zeros elsewhere, and touches no other memory.</summary>
    static abstract TVector LoadMasked(T* source, TVector mask);

    /// <summary>Stores the lanes of a <see cref="Mask"/> and touches no other memory.</summary>
    static abstract void StoreMasked(T* destination, TVector value, TVector mask);

    /// <summary>128-bit pieces, <paramref name="stride"/> elements apart, side by side.</summary>
    static abstract TVector LoadPieces(T* source, nint stride);

    /// <summary>Within each 128-bit piece: the elements of the lower halves of x and y in turn.</summary>
    static abstract TVector InterleaveLow(TVector x, TVector y);

    /// <summary>Within each 128-bit piece: the elements of the upper halves of x and y in turn.</summary>
    static abstract TVector InterleaveHigh(TVector x, TVector y);

    /// <summary>Within each 128-bit piece: the lower half of x, then that of y.</summary>
    static abstract TVector PairLow(TVector x, TVector y);

    /// <summary>Within each 128-bit piece: the upper half of x, then that of y.</summary>
    static abstract TVector PairHigh(TVector x, TVector y);

    /// <summary>The sum of all lanes, in an order fixed for the width, plus <paramref name="addend"/>.</summary>
    static abstract T Sum(TVector value, T addend);
}
