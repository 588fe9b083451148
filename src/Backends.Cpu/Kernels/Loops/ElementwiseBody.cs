using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A run of elements of an elementwise loop, in row-major order: rows, or pieces of rows at both ends.</summary>
internal unsafe struct ElementwiseBody : IParallelBody
{
    /// <summary>Elements of a staging buffer: four of them, in the widest type, stay in the first-level cache.</summary>
    private const int Stage = 512;

    public long Chunk;

    private readonly LoopNest* _nest;
    private readonly Row _row;
    private readonly int _inputs;
    private readonly Operand _y, _a, _b, _c;
    private readonly int _scalars;
    private readonly bool _direct;

    public ElementwiseBody(LoopNest* nest, Row row, int inputs, in Operand y, in Operand a, in Operand b, in Operand c)
    {
        _nest = nest;
        (_row, _inputs, _y, _a, _b, _c) = (row, inputs, y, a, b, c);
        Chunk = nest->Count;
        bool single = nest->Inner == 1;
        _direct = !y.Type.Converts && (single || nest->Stride(0, 0) == y.Type.Size);
        _scalars = 0;
        for (int k = 1; k <= inputs; k++)
        {
            var type = (k == 1 ? a : k == 2 ? b : c).Type;
            bool scalar = !single && nest->Stride(k, 0) == 0;
            if (scalar) _scalars |= 1 << (k - 1);
            _direct &= !type.Converts && (single || scalar || nest->Stride(k, 0) == type.Size);
        }
    }

    public readonly void Run(int part)
    {
        long start = part * Chunk, end = Math.Min(start + Chunk, _nest->Count), inner = _nest->Inner;
        int outer = Math.Max(0, _nest->Rank - 1);
        long* index = stackalloc long[Shape.MaxRank];
        byte** at = stackalloc byte*[LoopNest.MaxOperands];
        at[0] = _y.Pointer;
        at[1] = _a.Pointer;
        at[2] = _b.Pointer;
        at[3] = _c.Pointer;
        long position = start % inner, rest = start / inner;
        for (int d = 0; d < outer; d++)
        {
            index[d] = rest % _nest->Sizes[d + 1];
            rest /= _nest->Sizes[d + 1];
            for (int k = 0; k <= _inputs; k++)
                at[k] += index[d] * _nest->Stride(k, d + 1);
        }

        while (true)
        {
            long count = Math.Min(inner - position, end - start);
            RunRow(at, position, count);
            position = 0;
            start += count;
            if (start >= end)
                return;
            for (int d = 0; d < outer; d++)
            {
                for (int k = 0; k <= _inputs; k++)
                    at[k] += _nest->Stride(k, d + 1);
                if (++index[d] < _nest->Sizes[d + 1])
                    break;
                for (int k = 0; k <= _inputs; k++)
                    at[k] -= _nest->Stride(k, d + 1) * _nest->Sizes[d + 1];
                index[d] = 0;
            }
        }
    }

    private readonly void RunRow(byte** at, long position, long count)
    {
        if (!_direct)
        {
            RunStaged(at, position, count);
            return;
        }

        nint p = (nint)position;
        _row.Function(
            at[0] + (p * _y.Type.Size), At(at[1], p, 1, _a), _inputs < 2 ? null : At(at[2], p, 2, _b), _inputs < 3 ? null : At(at[3], p, 4, _c),
            (nint)count, _scalars);
    }

    private readonly byte* At(byte* pointer, nint position, int bit, in Operand x) =>
        (_scalars & bit) != 0 ? pointer : pointer + (position * x.Type.Size);

    [SkipLocalsInit]
    private readonly void RunStaged(byte** at, long position, long count)
    {
        byte* buffers = stackalloc byte[LoopNest.MaxOperands * Stage * sizeof(double)];
        byte* yBuffer = buffers, aBuffer = yBuffer + (Stage * sizeof(double)), bBuffer = aBuffer + (Stage * sizeof(double)), cBuffer = bBuffer + (Stage * sizeof(double));
        bool single = _nest->Inner == 1;
        nint yStride = single ? _y.Type.Size : (nint)_nest->Stride(0, 0);
        bool yDirect = !_y.Type.Converts && yStride == _y.Type.Size;
        for (long done = 0; done < count; done += Stage)
        {
            nint n = (nint)Math.Min(Stage, count - done), p = (nint)(position + done);
            byte* y = at[0] + (p * yStride);
            _row.Function(
                yDirect ? y : yBuffer, Fetch(1, at[1], p, n, _a, aBuffer), _inputs < 2 ? null : Fetch(2, at[2], p, n, _b, bBuffer),
                _inputs < 3 ? null : Fetch(3, at[3], p, n, _c, cBuffer), n, _scalars);
            if (!yDirect)
                _y.Type.Store(yBuffer, y, yStride, n);
        }
    }

    private readonly byte* Fetch(int operand, byte* pointer, nint position, nint count, in Operand x, byte* buffer)
    {
        nint stride = _nest->Inner == 1 ? x.Type.Size : (nint)_nest->Stride(operand, 0);
        bool scalar = (_scalars & (1 << (operand - 1))) != 0;
        pointer += position * stride;
        if (!x.Type.Converts && (scalar || stride == x.Type.Size))
            return pointer;
        x.Type.Load(pointer, stride, buffer, scalar ? 1 : count);
        return buffer;
    }
}
