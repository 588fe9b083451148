namespace Nabla;

/// <summary>
/// Reads the elements that are combined into one output, in pieces: in place where they are neighbours, through a buffer where they are
/// strided, short runs, or of a half type. What a piece holds depends on the layout alone, never on threads.
/// </summary>
internal unsafe struct ReduceReader
{
    /// <summary>Elements of the buffer.</summary>
    public const int Buffer = 1024;

    /// <summary>Elements of a piece in place, at most: the error of a piece grows with its length.</summary>
    public const int LongestPiece = 1 << 14;

    private const long ShortRun = 64;

    private readonly ReduceNest* _nest;
    private readonly ElementType _type;
    private readonly byte* _origin;
    private readonly long _inner;
    private readonly nint _stride;
    private readonly bool _direct;
    private long _index;
    private long _left;

    /// <summary>Starts at combined element <paramref name="start"/> of the output whose first element is at <paramref name="origin"/>.</summary>
    public ReduceReader(ReduceNest* nest, ElementType type, byte* origin, long start, long count)
    {
        _nest = nest;
        _origin = origin;
        (_type, _index, _left) = (type, start, count);
        _inner = nest->Sizes[0];
        _stride = (nint)nest->Strides[0];
        _direct = !type.Converts && _stride == type.Size && _inner >= ShortRun;
    }

    /// <summary>Whether what is combined into an output is one run of neighbours, whose pieces need no reader.</summary>
    public static bool IsOneRun(ReduceNest* nest, ElementType type) => !type.Converts && nest->Rank == 1 && nest->Strides[0] == type.Size;

    /// <summary>The next piece, or false at the end.</summary>
    public bool Next(byte* buffer, out byte* piece, out nint count)
    {
        piece = buffer;
        count = 0;
        if (_left == 0)
            return false;
        if (_direct)
        {
            count = (nint)Math.Min(Math.Min(_left, LongestPiece), _inner - (_index % _inner));
            piece = _origin + _nest->Offset(_index);
            Advance(count);
            return true;
        }

        while (count < Buffer && _left > 0)
        {
            nint run = (nint)Math.Min(Math.Min(_left, Buffer - count), _inner - (_index % _inner));
            _type.Load(_origin + _nest->Offset(_index), _stride, buffer + (count * _type.ComputeSize), run);
            count += run;
            Advance(run);
        }

        return true;
    }

    private void Advance(nint count)
    {
        _index += count;
        _left -= count;
    }
}
