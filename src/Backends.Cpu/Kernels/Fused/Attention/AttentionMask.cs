namespace Nabla;

/// <summary>What decides on scores: numbers that are added, or bools, which keep a score or put -infinity in its place.</summary>
internal readonly unsafe struct AttentionMask
{
    private readonly byte* _origin;
    private readonly Shape? _scores;
    private readonly Shape? _shape;
    private readonly Strides? _strides;

    /// <param name="mask">The mask, or null.</param>
    /// <param name="scores">The shape that it broadcasts to.</param>
    public AttentionMask(DeviceTensor? mask, Shape scores)
    {
        if (mask is null)
            return;
        _origin = Operand.Host(mask);
        (_scores, _shape, _strides) = (scores, mask.Shape, mask.Layout.Strides);
        Keeps = mask.DType == DType.Bool;
    }

    public bool Exists => _origin is not null;

    /// <summary>Whether it is one of bools.</summary>
    public bool Keeps { get; }

    /// <summary>Part of a row, in float32: of bools, 0 where the score counts and -infinity elsewhere.</summary>
    public void Load(long head, long row, long column, nint count, float* destination)
    {
        int size = Keeps ? 1 : sizeof(float), rank = _scores!.Rank;
        byte* source = _origin + (((row * Stride(rank - 2)) + (column * Stride(rank - 1))) * size);
        for (int d = rank - 3; d >= 0; d--)
        {
            source += head % _scores[d] * Stride(d) * size;
            head /= _scores[d];
        }

        nint step = (nint)Stride(rank - 1);
        if (Keeps)
            for (nint i = 0; i < count; i++)
                destination[i] = source[i * step] != 0 ? 0 : float.NegativeInfinity;
        else
            for (nint i = 0; i < count; i++)
                destination[i] = ((float*)source)[i * step];
    }

    /// <summary>The stride along a dimension of the scores; 0 where the mask is repeated.</summary>
    private long Stride(int dimension)
    {
        int own = dimension - (_scores!.Rank - _shape!.Rank);
        return own < 0 || _shape[own] == 1 ? 0 : _strides![own];
    }
}
