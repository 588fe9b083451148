namespace Nabla;

/// <summary>A float32 tensor as matrices of its last two dimensions, wherever its strides put them: heads of a projection are read in place.</summary>
internal readonly unsafe struct HeadMatrices
{
    private readonly float* _origin;
    private readonly Shape _shape;
    private readonly Strides _strides;

    public HeadMatrices(DeviceTensor tensor)
    {
        _origin = (float*)Operand.Host(tensor);
        (_shape, _strides) = (tensor.Shape, tensor.Layout.Strides);
    }

    public int Rows => (int)_shape[^2];

    public int Columns => (int)_shape[^1];

    public long RowStride => _strides[_shape.Rank - 2];

    public long ColumnStride => _strides[_shape.Rank - 1];

    /// <summary>How many matrices there are.</summary>
    public long Count => _shape.ElementCount / ((long)Rows * Columns);

    /// <summary>The first element of a matrix, counted in row-major order of the dimensions before the last two.</summary>
    public float* this[long head]
    {
        get
        {
            long offset = 0;
            for (int d = _shape.Rank - 3; d >= 0; d--)
            {
                offset += head % _shape[d] * _strides[d];
                head /= _shape[d];
            }

            return _origin + offset;
        }
    }
}
