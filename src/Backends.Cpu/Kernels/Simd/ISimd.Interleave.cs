namespace Nabla;

/// <content>Moves within and between pieces of 128 bits: what transposes are made of.</content>
internal unsafe partial interface ISimd<V, T>
{
    /// <summary>Pieces of 16 bytes that lie <paramref name="stride"/> bytes apart.</summary>
    static abstract V LoadPieces(byte* source, nint stride);

    /// <summary>Within each piece: x0, y0, x1, y1, .. of the lower halves.</summary>
    static abstract V InterleaveLow(V x, V y);

    /// <summary>Within each piece: the same of the upper halves.</summary>
    static abstract V InterleaveHigh(V x, V y);
}
