namespace Nabla;

/// <summary>
/// C[M, N] (+)= A[M, K] B[K, N]. Strides are in elements; those of A and B are arbitrary (a transposed matrix swaps them, a broadcast one
/// has zeros, a flipped one negatives); rows of C, or its columns once mirrored, are contiguous.
/// </summary>
internal unsafe struct GemmArgs<T> where T : unmanaged
{
    public int M;
    public int N;
    public int K;
    public T* A;
    public nint ARowStride;
    public nint AColumnStride;
    public T* B;
    public nint BRowStride;
    public nint BColumnStride;
    public T* C;
    public nint CRowStride;
    public nint CColumnStride;
    public bool Accumulate;

    /// <summary>The same product seen from the other side: C^T = B^T A^T.</summary>
    public readonly GemmArgs<T> Mirrored() => this with
    {
        M = N,
        N = M,
        A = B,
        ARowStride = BColumnStride,
        AColumnStride = BRowStride,
        B = A,
        BRowStride = AColumnStride,
        BColumnStride = ARowStride,
        CRowStride = CColumnStride,
        CColumnStride = CRowStride,
    };
}
