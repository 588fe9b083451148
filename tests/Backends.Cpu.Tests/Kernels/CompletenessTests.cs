namespace Nabla.Tests;

public sealed class CompletenessTests
{
    [Fact]
    public void Column_EveryPrimitive_HasAKernel()
    {
        var primitives = OpTable.Of<PrimitiveOp>();
        Assert.True(primitives.Count > 80, $"only {primitives.Count} primitives were found");
        foreach (var kind in primitives)
            foreach (var dtype in DTypes.All)
                Assert.Null(Cpu.Device.Missing(kind, dtype));
    }

    [Fact]
    public void Execute_EveryUnaryAndDType_AgreesBetweenDenseAndStrided()
    {
        foreach (var op in OpTable.Instances<UnaryOp>())
        {
            foreach (var dtype in DTypes.All)
            {
                if (!Takes(op, 1, dtype))
                    continue;
                var dense = Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, 1200).Select(i => (i % 97 * 0.02f) - 0.9f)], 2, 600), dtype);
                Check(op, dense);
            }
        }
    }

    [Fact]
    public void Execute_EveryBinaryAndDType_AgreesBetweenDenseAndStrided()
    {
        foreach (var op in OpTable.Instances<BinaryOp>())
        {
            foreach (var dtype in DTypes.All)
            {
                if (!Takes(op, 2, dtype))
                    continue;
                var a = Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, 1200).Select(i => (i % 31 * 0.7f) - 9f)], 2, 600), dtype);
                var b = Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, 1200).Select(i => (i % 7) + 1f)], 2, 600), dtype);
                Check(op, a, b);
                Bytes(Cpu.Run(op.With(ScalarSide.Right), [a], 2), Cpu.Run(op, a, Cpu.Run(new FullOp(dtype, [1]), [], 2)));
                Bytes(Cpu.Run(op.With(ScalarSide.Left), [b], 3), Cpu.Run(op, Cpu.Run(new FullOp(dtype, [2, 600]), [], 3), b));
            }
        }
    }

    /// <summary>The same elements in another layout, and a strided target, give the same bits.</summary>
    private static void Check(Op op, params DeviceTensor[] dense)
    {
        var expected = Cpu.Run(op, dense);
        var transposed = dense.Select(t => Cpu.View(new PermuteOp([1, 0]), Cpu.Run(CopyOp.Instance, Cpu.View(new PermuteOp([1, 0]), t)))).ToArray();
        Bytes(expected, Cpu.Run(op, transposed));
        var flipped = dense.Select(t => Flip(Cpu.Run(CopyOp.Instance, Flip(t)))).ToArray();
        Bytes(expected, Cpu.Run(op, flipped));
        var target = Cpu.View(new PermuteOp([1, 0]), Cpu.Device.Allocate(new(expected.DType, [600, 2])));
        Bytes(expected, Cpu.Into(target, op, dense));
        if (expected.DType == dense[0].DType)
            Bytes(expected, Cpu.Into(dense[0], op, dense));
    }

    private static DeviceTensor Flip(DeviceTensor t) => Cpu.View(new SliceOp([0, 599], [2, 600], [1, -1]), t);

    private static void Bytes(DeviceTensor expected, DeviceTensor actual) =>
        Assert.Equal(Cpu.Read<byte>(AsBytes(expected)), Cpu.Read<byte>(AsBytes(actual)));

    private static DeviceTensor AsBytes(DeviceTensor tensor)
    {
        var dense = Cpu.Run(CopyOp.Instance, tensor);
        return DeviceTensor.Dense(new(DType.UInt8, [dense.Spec.ByteLength]), dense.Storage);
    }

    private static bool Takes(Op op, int inputs, DType dtype)
    {
        try
        {
            op.Infer(Enumerable.Repeat(new TensorSpec(dtype, [2, 3]), inputs).ToArray(), default, new TensorSpec[1]);
            return true;
        }
        catch (DTypeException)
        {
            return false;
        }
    }
}
