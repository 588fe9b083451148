namespace Nabla.Tests;

/// <summary>Gather and scatter over every split among threads: bit-equal sums, duplicates and all.</summary>
public sealed class ScatterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void GatherAndScatterAdd_AnyThreads_AreThePlainLoops(int axis)
    {
        const int Rows = 300, Columns = 517, Size = 41;
        long[] index = [.. Enumerable.Range(0, Rows * Columns).Select(i => (i * 7919L) % Size)];
        float[] source = [.. Enumerable.Range(0, Rows * Columns).Select(i => (float)Math.Sin(i * 0.7) * 1e3f)];
        long[] shape = axis == 0 ? [Size, Columns] : [Rows, Size];
        var sums = new float[shape[0] * shape[1]];
        float[] picked = new float[Rows * Columns];
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                long at = axis == 0 ? (index[(r * Columns) + c] * Columns) + c : (r * Size) + index[(r * Columns) + c];
                sums[at] += source[(r * Columns) + c];
                picked[(r * Columns) + c] = source[at];
            }
        }

        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            var at = Cpu.Tensor(device, index, [Rows, Columns]);
            var zeros = Cpu.Tensor(device, new float[sums.Length], shape);
            Assert.Equal(sums, Cpu.Read<float>(Dispatch.Execute(device, new ScatterAddOp(axis), [zeros, at, Cpu.Tensor(device, source, [Rows, Columns])], default)));
            var values = Cpu.Tensor(device, source.AsSpan(0, sums.Length).ToArray(), shape);
            Assert.Equal(picked, Cpu.Read<float>(Dispatch.Execute(device, new GatherOp(axis), [values, at], default)));
        }
    }

    [Fact]
    public void ScatterAdd_IntoItsInput_IsTheSameAsElsewhere()
    {
        long[] numbers = [.. Enumerable.Range(0, 60).Select(i => i * 7L % 20)];
        DeviceTensor Fresh() => Cpu.Tensor(numbers, 20, 3);
        DeviceTensor at = Cpu.Tensor(numbers, 20, 3), addends = Cpu.Tensor([.. numbers.Select(n => n * n)], 20, 3);
        var op = new ScatterAddOp(0);

        var target = Fresh();
        Assert.Equal(Cpu.Read<long>(Cpu.Run(op, Fresh(), at, addends)), Cpu.Read<long>(Cpu.Into(target, op, [target, at, addends])));

        // What is written is read as well: as addends, and as indices.
        target = Fresh();
        Assert.Equal(Cpu.Read<long>(Cpu.Run(op, Fresh(), at, Fresh())), Cpu.Read<long>(Cpu.Into(target, op, [target, at, target])));
        target = Fresh();
        Assert.Equal(Cpu.Read<long>(Cpu.Run(op, Fresh(), Fresh(), addends)), Cpu.Read<long>(Cpu.Into(target, op, [target, target, addends])));
    }

    [Theory]
    [InlineData(1, 900, 40)]
    [InlineData(2, 500, 33)]
    [InlineData(5, 200, 17)]
    [InlineData(1, 30_000, 1)]
    public void ScatterAdd_MiddleDimension_IsThePlainLoop(int outer, int rows, int columns)
    {
        const int Size = 13;
        int count = outer * rows * columns;
        long[] index = [.. Enumerable.Range(0, count).Select(i => (i * 7919L) % Size)];
        float[] source = [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(i * 0.7) * 1e3f)];
        var sums = new float[outer * Size * columns];
        for (int o = 0; o < outer; o++)
            for (int r = 0; r < rows; r++)
                for (int c = 0, i = ((o * rows) + r) * columns; c < columns; c++, i++)
                    sums[(((o * Size) + index[i]) * columns) + c] += source[i];
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            var zeros = Cpu.Tensor(device, new float[sums.Length], [outer, Size, columns]);
            DeviceTensor at = Cpu.Tensor(device, index, [outer, rows, columns]), addends = Cpu.Tensor(device, source, [outer, rows, columns]);
            Assert.Equal(sums, Cpu.Read<float>(Dispatch.Execute(device, new ScatterAddOp(1), [zeros, at, addends], default)));
        }
    }

    [Fact]
    public void EmbeddingRows_ForwardAndBackward_MoveWholeRows()
    {
        const int Rows = 1000, Width = 203, Size = 17;
        long[] index = [.. Enumerable.Range(0, Rows).Select(i => (i * 31L) % Size)];
        float[] source = [.. Enumerable.Range(0, Rows * Width).Select(i => (float)(i % 1013) * 0.37f)];
        var sums = new float[Size * Width];
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Width; c++)
                sums[(index[r] * Width) + c] += source[(r * Width) + c];
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            var at = Dispatch.View(new ExpandOp([Rows, Width]), Cpu.Tensor(device, index, [Rows, 1]))!;
            var zeros = Cpu.Tensor(device, new float[sums.Length], [Size, Width]);
            Assert.Equal(sums, Cpu.Read<float>(Dispatch.Execute(device, new ScatterAddOp(0), [zeros, at, Cpu.Tensor(device, source, [Rows, Width])], default)));
            float[] rows = Cpu.Read<float>(Dispatch.Execute(device, new GatherOp(0), [Cpu.Tensor(device, sums, [Size, Width]), at], default));
            for (int r = 0; r < Rows; r++)
                Assert.Equal(sums.AsSpan((int)index[r] * Width, Width).ToArray(), rows.AsSpan(r * Width, Width).ToArray());
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float64)]
    public void Dropout_Fused_IsItsDecomposition(DType dtype)
    {
        foreach (int count in new[] { 1, 5, 1023, 4099 })
        {
            var x = Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, count).Select(i => (i * 0.37f) - 7)]), dtype);
            foreach (double p in new[] { 0, 0.3, 1 })
            {
                var fused = new DeviceTensor[2];
                Dispatch.Execute(Cpu.Device, DropoutOp.Instance, [x], [p, 77, 5], fused);
                using var ops = new DeviceOps(Cpu.Device);
                var parts = new DeviceTensor[2];
                ops.Run(DropoutOp.Instance, [x], [p, 77, 5], parts, default);
                Assert.Equal(Cpu.Read<bool>(parts[1]), Cpu.Read<bool>(fused[1]));
                Assert.Equal(Cpu.Read<double>(Cpu.Cast(parts[0], DType.Float64)), Cpu.Read<double>(Cpu.Cast(fused[0], DType.Float64)));
            }
        }
    }
}
