using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The numbers of a <see cref="RandOp"/>, a piece at a time, in the type that its elements compute in.</summary>
internal readonly unsafe struct UniformNumbers(RandOp op, Scalar key, Scalar counter)
{
    private readonly ulong _key = (ulong)key.ToInt64(), _counter = (ulong)counter.ToInt64();
    private readonly int _bits = op.Bits;
    private readonly bool _double = op.DType == DType.Float64;

    public readonly ElementType Type = ElementType.Of(op.DType);
    public readonly long Count = op.Shape.ElementCount;

    /// <summary>Of an element, in additions.</summary>
    public int Cost => _double ? (2 * RandomPieces.Cost) + 4 : RandomPieces.Cost + 1;

    /// <summary>How many elements the piece has that starts here.</summary>
    public nint Elements(long first) => (nint)Math.Min(RandomPieces.Size, Count - first);

    [SkipLocalsInit]
    public void Write(byte* y, long first, nint count)
    {
        uint* words = stackalloc uint[RandomPieces.Size];
        RandomPieces.Words(words, _key, _counter, first, count);
        if (!_double)
        {
            RandomPieces.Uniform((float*)y, words, count, _bits);
            return;
        }

        uint* low = stackalloc uint[RandomPieces.Size];
        RandomPieces.Words(low, _key, _counter + (ulong)((Count + 3) / 4), first, count);
        RandomPieces.Uniform((double*)y, words, low, count);
    }
}
