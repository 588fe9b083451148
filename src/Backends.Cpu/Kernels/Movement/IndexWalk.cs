namespace Nabla;

/// <summary>
/// Walks the elements of an index tensor in row-major order beside two tensors of the same number of dimensions, whose axis is
/// addressed by the index: shared by gather and scatter.
/// </summary>
internal unsafe struct IndexWalk
{
    private readonly long* _index;
    private readonly Shape _shape;
    private readonly Strides _indexStrides;
    private readonly string _op;
    private readonly int _axis;
    private readonly long _axisSize;
    private readonly long _axisStride;
    private readonly Strides _addressedStrides;
    private readonly Strides _otherStrides;

    /// <param name="op">Who asks: named by errors.</param>
    /// <param name="index">The indices.</param>
    /// <param name="axis">The dimension that they address.</param>
    /// <param name="addressed">Shape and strides of the tensor that is addressed.</param>
    /// <param name="addressedStrides">Its strides.</param>
    /// <param name="otherStrides">Strides of the tensor that is walked with the index.</param>
    public IndexWalk(string op, DeviceTensor index, int axis, Shape addressed, Strides addressedStrides, Strides otherStrides)
    {
        _op = op;
        _index = (long*)Operand.Host(index);
        _shape = index.Shape;
        _indexStrides = index.Layout.Strides;
        _axis = axis;
        (_axisSize, _axisStride) = addressed.Rank == 0 ? (1, 0) : (addressed[axis], addressedStrides[axis]);
        _addressedStrides = addressedStrides;
        _otherStrides = otherStrides;
    }

    /// <summary>Visits (offset in the addressed tensor, offset in the other), in elements, for every index.</summary>
    public readonly void Run<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IIndexVisitor
    {
        if (_shape.ElementCount == 0)
            return;
        int rank = _shape.Rank, last = rank - 1;
        long* position = stackalloc long[Shape.MaxRank];
        long inner = rank == 0 ? 1 : _shape[last];
        long indexStep = rank == 0 ? 0 : _indexStrides[last], otherStep = rank == 0 ? 0 : _otherStrides[last];
        long addressedStep = rank == 0 || last == _axis ? 0 : _addressedStrides[last];
        long at = 0, addressed = 0, other = 0;
        for (int d = 0; d < rank; d++)
            position[d] = 0;
        while (true)
        {
            if (indexStep == 0 && otherStep == 1 && addressedStep == 1)
                visitor.VisitRun(addressed + (Checked(_index[at]) * _axisStride), other, inner);
            else
                for (long i = 0; i < inner; i++)
                    visitor.Visit(addressed + (i * addressedStep) + (Checked(_index[at + (i * indexStep)]) * _axisStride), other + (i * otherStep));
            int d = last - 1;
            for (; d >= 0; d--)
            {
                at += _indexStrides[d];
                other += _otherStrides[d];
                addressed += d == _axis ? 0 : _addressedStrides[d];
                if (++position[d] < _shape[d])
                    break;
                at -= _indexStrides[d] * _shape[d];
                other -= _otherStrides[d] * _shape[d];
                addressed -= d == _axis ? 0 : _addressedStrides[d] * _shape[d];
                position[d] = 0;
            }

            if (d < 0)
                return;
        }
    }

    private readonly long Checked(long index) => (ulong)index < (ulong)_axisSize ? index : throw OutOfRange(index);

    private readonly TensorIndexException OutOfRange(long index) => new(
        _op, $"index {index} is out of range for dimension {_axis} of size {_axisSize}; indices run from 0 to {_axisSize - 1}.");
}

/// <summary>What happens at each index.</summary>
internal interface IIndexVisitor
{
    void Visit(long addressed, long other);

    /// <summary>One index for a run of neighbours in both tensors: an embedding's row.</summary>
    void VisitRun(long addressed, long other, long count);
}
