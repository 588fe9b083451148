namespace Nabla.Tests;

public sealed class ConversionTests
{
    [Fact]
    public void Half_EveryBitPattern_WidensAndReturns()
    {
        Half[] all = [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        var wide = Cpu.Cast(Cpu.Tensor(all), DType.Float32);
        Assert.Equal(all.Select(h => (float)h), Cpu.Read<float>(wide));
        Assert.Equal(all, Cpu.Read<Half>(Cpu.Cast(wide, DType.Float16)));
    }

    [Fact]
    public void Float32_ToHalfTypes_RoundsAsTheScalarConversion()
    {
        float[] x = [.. Enumerable.Range(0, 1 << 20).Select(i => BitConverter.UInt32BitsToSingle((uint)i * 4093)), 65504, 65519.99f, 65520, 5.9604645e-8f, 2.9802322e-8f, 2.98023224e-8f * 1.0001f];
        Assert.Equal(x.Select(f => (Half)f), Cpu.Read<Half>(Cpu.Cast(Cpu.Tensor(x), DType.Float16)));
        Assert.Equal(x.Select(f => (BFloat16)f), Cpu.Read<BFloat16>(Cpu.Cast(Cpu.Tensor(x), DType.BFloat16)));
    }

    [Fact]
    public void Float_ToIntegers_Truncates()
    {
        var x = Cpu.Tensor([1.9f, -1.9f, 0.5f, -0.5f, 255f, -1f]);
        Assert.Equal([1, -1, 0, 0, 255, -1], Cpu.Read<int>(Cpu.Cast(x, DType.Int32)));
        Assert.Equal([1, -1, 0, 0, 255, -1], Cpu.Read<long>(Cpu.Cast(x, DType.Int64)));
        Assert.Equal([1, 255, 0, 0, 255, 255], Cpu.Read<byte>(Cpu.Cast(x, DType.UInt8)));
        Assert.Equal([true, true, false, true], Cpu.Read<bool>(Cpu.Cast(Cpu.Tensor([0.1f, -3f, 0f, float.NaN]), DType.Bool)));
    }

    [Fact]
    public void Copy_Transposed_KeepsEveryElement()
    {
        foreach (var (rows, columns) in new[] { (33L, 70L), (128L, 128L), (1000L, 37L), (4L, 3000L) })
        {
            var x = Cpu.Run(new ArangeOp(DType.Int32, 2 * rows * columns), [], 0, 1);
            var view = Cpu.View(new PermuteOp([0, 2, 1]), Cpu.View(new ReshapeOp([2, rows, columns]), x));
            int[] y = Cpu.Read<int>(Cpu.Run(CopyOp.Instance, view));
            for (long b = 0, at = 0; b < 2; b++)
                for (long c = 0; c < columns; c++)
                    for (long r = 0; r < rows; r++, at++)
                        Assert.Equal((b * rows * columns) + (r * columns) + c, y[at]);
        }
    }

    [Fact]
    public void ArgMax_Columns_GivesTheFirst()
    {
        float[] values = [.. Enumerable.Range(0, 50 * 300).Select(i => (float)(i * 7919L % 101))];
        values[(20 * 300) + 5] = float.NaN;
        values[(31 * 300) + 5] = float.NaN;
        long[] y = Cpu.Read<long>(Cpu.Run(ArgReduceOp.Max(0, false), Cpu.Tensor(values, 50, 300)));
        for (int c = 0; c < 300; c++)
        {
            int expected = 0;
            for (int r = 1; r < 50; r++)
                if (!float.IsNaN(values[(expected * 300) + c]) && !(values[(r * 300) + c] <= values[(expected * 300) + c]))
                    expected = r;
            Assert.Equal(expected, y[c]);
        }
    }
}
