namespace Nabla;

/// <summary>
/// C[M, N] = Start[M, N] + A[M, K] B[K, N]. <see cref="Start"/> is nothing (zeros), C itself (the product is added to it), or a bias, whose
/// row stride is zero. Rows of C, or its columns once mirrored, are contiguous; C overlaps neither A nor B.
/// </summary>
internal unsafe struct GemmArgs<T> where T : unmanaged
{
    public int M;
    public int N;
    public int K;
    public MatrixView<T> A;
    public MatrixView<T> B;
    public MatrixView<T> C;
    public MatrixView<T> Start;

    /// <summary>What becomes of C's elements, as <see cref="Row.Block"/>; null for nothing.</summary>
    public delegate*<byte*, nint, nint, nint, void> Then;

    /// <summary>Becomes the same product seen from the other side: C^T = B^T A^T.</summary>
    public void Mirror()
    {
        (M, N) = (N, M);
        (A, B) = (B.Transposed, A.Transposed);
        C = C.Transposed;
        Start = Start.Transposed;
    }

    /// <summary>Goes on to the member of a batch that lies so many elements further on in each operand; they share a bias.</summary>
    public void Move(long a, long b, long c)
    {
        if (Start.Pointer == C.Pointer) Start = Start.Moved(c);
        A = A.Moved(a);
        B = B.Moved(b);
        C = C.Moved(c);
    }

    /// <summary>What is left to do with a rectangle of C once its sums are complete; it is cached still.</summary>
    public readonly void Finish(GemmBlock block)
    {
        if (Then is null) return;
        var c = (byte*)C.At(block.RowStart, block.ColumnStart);
        int rows = block.RowEnd - block.RowStart, columns = block.ColumnEnd - block.ColumnStart;
        if (C.ColumnStride == 1) Then(c, C.RowStride, rows, columns);
        else Then(c, C.ColumnStride, columns, rows);
    }
}
