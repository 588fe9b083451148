namespace Nabla;

/// <summary>A matrix product as kernels see it: sizes, and steps of both operands.</summary>
internal readonly struct MatMulShape
{
    public MatMulShape(DeviceTensor a, DeviceTensor b, DeviceTensor y)
    {
        (A, B) = (a, b);
        (M, N, K) = ((int)y.Shape[^2], (int)y.Shape[^1], (int)a.Shape[^1]);
        (ARow, AColumn) = ((int)a.Layout.Strides[^2], (int)a.Layout.Strides[^1]);
        (BRow, BColumn) = ((int)b.Layout.Strides[^2], (int)b.Layout.Strides[^1]);
        BatchShape = Shape.Create(y.Shape.AsSpan()[..^2]);
        Batches = (int)BatchShape.ElementCount;
    }

    public DeviceTensor A { get; }

    public DeviceTensor B { get; }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public int ARow { get; }

    public int AColumn { get; }

    public int BRow { get; }

    public int BColumn { get; }

    public int Batches { get; }

    private Shape BatchShape { get; }

    /// <summary>Where each batch's matrices start.</summary>
    public Walk BatchWalk => Walk.Over(BatchShape, Matrices(A), Matrices(B));

    /// <summary>As <see cref="BatchWalk"/>, for one operand; a single batch where all share the same matrix.</summary>
    public Walk OperandWalk(DeviceTensor operand, bool shared) => Walk.Over(shared ? Shape.Scalar : BatchShape, shared ? First(operand) : Matrices(operand));

    /// <summary>Whether every batch has the same matrix.</summary>
    public bool IsShared(DeviceTensor operand)
    {
        for (int d = 0; d < operand.Shape.Rank - 2; d++)
            if (operand.Shape[d] != 1 && operand.Layout.Strides[d] != 0)
                return false;
        return true;
    }

    private static DeviceTensor Matrices(DeviceTensor tensor) => new(
        new TensorSpec(tensor.DType, Shape.Create(tensor.Shape.AsSpan()[..^2])), tensor.Layout with { Strides = Strides.Create(tensor.Layout.Strides.AsSpan()[..^2]) }, tensor.Storage);

    private static DeviceTensor First(DeviceTensor tensor) => new(
        new TensorSpec(tensor.DType, Shape.Scalar), tensor.Layout with { Strides = Strides.Create([]) }, tensor.Storage);
}
