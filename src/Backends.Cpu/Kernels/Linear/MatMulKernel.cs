using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="MatMulOp"/>: any strides, transposed operands among them, go to the matrix product as they are.</summary>
internal sealed unsafe class MatMulKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        DeviceTensor a = call.Inputs[0], b = call.Inputs[1];
        var output = new DenseOutput(device, call, outputs);
        var y = output.Tensor.Shape;
        Strides aStrides = a.Layout.Strides, bStrides = b.Layout.Strides;
        var product = new MatrixProduct
        {
            Device = device,
            M = (int)y[^2],
            N = (int)y[^1],
            K = (int)a.Shape[^1],
            A = new(Operand.Host(a), aStrides[^2], aStrides[^1]),
            B = new(Operand.Host(b), bStrides[^2], bStrides[^1]),
        };
        if (y.Rank == 2)
            product.Run(output.Tensor);
        else
            RunBatch(ref product, a, b, output.Tensor);
        output.Finish();
    }

    /// <summary>A method of its own, since a loop nest takes as long to clear as a small product to compute.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunBatch(ref MatrixProduct product, DeviceTensor a, DeviceTensor b, DeviceTensor y)
    {
        LoopNest nest = default;
        if (b.Shape.ElementCount == b.Shape[^2] * b.Shape[^1] && a.IsContiguous)
        {
            // One matrix for the whole batch: the rows of all members are those of one. A dimension of size 1 may have any stride: not from there.
            product.M = (int)(y.Shape.ElementCount / Math.Max(1, y.Shape[^1]));
            product.A = new(product.A.Pointer, product.K, 1);
        }
        else
        {
            nest.BeginLeading(y.Shape);
            nest.SetLeading(1, a.Shape, a.Layout.Strides);
            nest.SetLeading(2, b.Shape, b.Layout.Strides);
            product.Batch = new MatMulBatch(&nest, y.Shape[^2] * y.Shape[^1]);
        }

        product.Run(y);
    }
}
