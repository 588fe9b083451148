namespace Nabla;

/// <summary>The matrices of a batched product whose leading dimensions broadcast: element offsets of each. By default, one product.</summary>
internal readonly unsafe struct MatMulBatch : IGemmBatch
{
    private readonly LoopNest* _nest;
    private readonly long _matrix;

    /// <param name="nest">The leading dimensions; operands 1 and 2 are a and b, with strides in elements.</param>
    /// <param name="matrix">Elements of a matrix of the result.</param>
    public MatMulBatch(LoopNest* nest, long matrix)
    {
        _nest = nest;
        _matrix = matrix;
    }

    public int Count => _nest is null ? 1 : (int)_nest->Count;

    public void Offsets(int index, out long a, out long b, out long c)
    {
        c = index * _matrix;
        a = b = 0;
        if (_nest is null)
            return;
        long rest = index;
        for (int d = 0; d < _nest->Rank; d++)
        {
            (rest, long at) = Math.DivRem(rest, _nest->Sizes[d]);
            a += at * _nest->Stride(1, d);
            b += at * _nest->Stride(2, d);
        }
    }
}
