namespace Nabla;

/// <summary>
/// y = a b, or y = bias + a b, of one element type: what <see cref="MatMulKernel"/> and <see cref="LinearKernel"/> have in common. Half
/// types are widened as they are copied for a kernel, multiply and add in float32, and are rounded once.
/// </summary>
internal unsafe struct MatrixProduct : IDTypeVisitor<int>
{
    public required CpuDevice Device;
    public required int M;
    public required int N;
    public required int K;

    /// <summary>The operands of the first product; strides are in elements of their own type.</summary>
    public required MatrixView<byte> A;
    public required MatrixView<byte> B;

    /// <summary>The other products.</summary>
    public MatMulBatch Batch;

    /// <summary>N contiguous elements of the type that is computed in, or null.</summary>
    public byte* Bias;

    /// <summary>What becomes of the elements, in the type that is computed in; null for nothing.</summary>
    public delegate*<byte*, nint, nint, nint, void> Then;

    private byte* _c;
    private delegate*<byte*, nint, byte*, nint, void> _widen;

    /// <summary>Computes into a dense tensor.</summary>
    public void Run(DeviceTensor y)
    {
        if (y.Shape.ElementCount == 0)
            return;
        var compute = y.DType.Accumulator();
        if (compute == y.DType)
        {
            _c = Operand.Host(y);
            compute.Visit<MatrixProduct, int>(this);
            return;
        }

        using var wide = new Scratch(Device, y.Shape.ElementCount * compute.Size());
        _c = wide.Pointer;
        _widen = ElementType.Of(y.DType).Load;
        compute.Visit<MatrixProduct, int>(this);
        Copies.Run(Device.Workers, compute, new(y, ElementType.Of(y.DType)), new(_c, ElementType.Of(compute), y.Shape, y.Shape.ContiguousStrides));
    }

    public readonly int Bool() => throw DTypeSwitch.OutsideDomain("bool");

    readonly int IDTypeVisitor<int>.Integer<T>()
    {
        GenericGemm<T>.MultiplyBatch(Device.Workers, Args<T>(), Batch);
        return 0;
    }

    readonly int IDTypeVisitor<int>.Float<T>()
    {
        Gemm.MultiplyBatch(Device.Workers, Args<T>(), Batch);
        return 0;
    }

    private readonly GemmArgs<T> Args<T>() where T : unmanaged => new()
    {
        M = M,
        N = N,
        K = K,
        A = new((T*)A.Pointer, A.RowStride, A.ColumnStride, _widen),
        B = new((T*)B.Pointer, B.RowStride, B.ColumnStride, _widen),
        C = new((T*)_c, N, 1),
        Start = new((T*)Bias, 0, 1),
        Then = Then,
    };
}
