namespace Nabla;

/// <summary>
/// C[M, N] = Start[M, N] + A[M, K] B[K, N]. <see cref="Start"/> is nothing (zeros), C itself (the product is added to it), or a bias, whose
/// row stride is zero. Rows of C, or its columns once mirrored, are contiguous; C overlaps neither A nor B.
/// </summary>
internal struct GemmArgs<T> where T : unmanaged
{
    public int M;
    public int N;
    public int K;
    public MatrixView<T> A;
    public MatrixView<T> B;
    public MatrixView<T> C;
    public MatrixView<T> Start;

    /// <summary>The same product seen from the other side: C^T = B^T A^T.</summary>
    public readonly GemmArgs<T> Mirrored() => this with
    {
        M = N,
        N = M,
        A = B.Transposed,
        B = A.Transposed,
        C = C.Transposed,
        Start = Start.Transposed,
    };

    /// <summary>Goes on to the member of a batch that lies so many elements further on in each operand; they share a bias.</summary>
    public unsafe void Move(long a, long b, long c)
    {
        if (Start.Pointer == C.Pointer) Start = Start.Moved(c);
        A = A.Moved(a);
        B = B.Moved(b);
        C = C.Moved(c);
    }
}
