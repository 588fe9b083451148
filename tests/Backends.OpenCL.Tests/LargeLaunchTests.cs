namespace Nabla.Tests;

/// <summary>
/// More than 65535 groups along every dimension of a launch that can have them: as many as CUDA takes along its second and third, and OpenCL's
/// drivers take more. Values are small integers, so that results are exact. Run as on a CPU, and as on a GPU.
/// </summary>
public abstract class LargeLaunchTests(IDevice device)
{
    [Fact]
    public void MatMul_SeventyThousandBatches_IsExact()
    {
        const int batches = 70_000, m = 2, k = 3, n = 2;
        float[] a = Values(batches * m * k, 7), b = Values(batches * k * n, 5);
        var y = device.Run(MatMulOp.Instance, device.From(a, batches, m, k), device.From(b, batches, k, n)).Read<float>();
        for (int i = 0; i < y.Length; i++)
        {
            int batch = i / (m * n), row = i / n % m, column = i % n;
            float expected = 0;
            for (int p = 0; p < k; p++)
                expected += a[(((batch * m) + row) * k) + p] * b[(((batch * k) + p) * n) + column];
            Expect(expected, y[i], i);
        }
    }

    /// <summary>As the other, of dot products.</summary>
    [Fact]
    public void MatMul_SeventyThousandBatchesOfRows_IsExact()
    {
        const int batches = 70_000, k = 33;
        var a = Values(batches * k, 7);
        var y = device.Run(MatMulOp.Instance, device.From(a, batches, 1, k), device.From(a, batches, k, 1)).Read<float>();
        for (int i = 0; i < batches; i++)
        {
            float expected = 0;
            for (int p = 0; p < k; p++)
                expected += a[(i * k) + p] * a[(i * k) + p];
            Expect(expected, y[i], i);
        }
    }

    /// <summary>The panels of rows and of columns that are packed, the rows of tiles, and the batches.</summary>
    [Theory]
    [InlineData(1, 5_000_000, 2, 3)]
    [InlineData(1, 600_000, 4, 5)]
    [InlineData(1, 4, 4, 1_100_000)]
    [InlineData(1, 4_200_003, 2, 4)]
    [InlineData(66_000, 4, 4, 4)]
    public void MatMul_OneLongSide_IsExact(int batches, int m, int k, int n)
    {
        float[] a = Values(batches * m * k, 7), b = Values(k * n, 5);
        var y = device.Run(MatMulOp.Instance, device.From(a, batches, m, k), device.From(b, k, n).Expand(batches, k, n)).Read<float>();
        for (int i = 0; i < y.Length; i++)
        {
            float expected = 0;
            for (int p = 0; p < k; p++)
                expected += a[(i / n * k) + p] * b[(p * n) + (i % n)];
            Expect(expected, y[i], i);
        }
    }

    /// <summary>An operand that is repeated for its batches, and padded to whole panels, would be a tensor of 2^31 elements or more.</summary>
    [Fact]
    public void MatMul_BroadcastBatchesTooLargeToPack_IsComputedWithoutPacking()
    {
        const int repeats = 43_700, batches = 3, m = 5, k = 2048, n = 4;
        float[] a = Values(batches * m * k, 3), b = Values(k * n, 2);
        var x = device.From(a, 1, batches, m, k).Expand(repeats, batches, m, k);
        var y = device.Run(MatMulOp.Instance, x, device.From(b, k, n)).Read<float>();
        var first = device.Run(MatMulOp.Instance, x.Slice(0, 0, 1), device.From(b, k, n)).Read<float>();
        for (int i = 0; i < y.Length; i++)
            Expect(first[i % (batches * m * n)], y[i], i);
    }

    [Fact]
    public void OtherKernels_TwoMillionRows_AreExact()
    {
        const int rows = 2_000_000, columns = 3;
        var values = Values(rows * columns, 7);
        var x = device.From(values, rows, columns);
        var sums = device.Run(ReduceOp.Sum([1], false), x).Read<float>();
        var places = device.Run(ArgReduceOp.Max(1, false), x).Read<long>();
        var turned = device.Run(CopyOp.Instance, x.Permute(1, 0));
        var back = turned.Permute(1, 0);
        var picked = device.Run(new GatherOp(1), x, device.From(new long[] { 2 }, 1, 1).Expand(rows, 1)).Read<float>();
        var added = device.Run(new ScatterAddOp(1), x, device.From(new long[] { 1 }, 1, 1).Expand(rows, 1), device.From([10f], 1, 1).Expand(rows, 1)).Read<float>();
        Assert.Equal(values, back.Read<float>());
        for (int i = 0; i < rows; i++)
        {
            var row = values.AsSpan(i * columns, columns);
            Expect(row[0] + row[1] + row[2], sums[i], i);
            Expect(row.IndexOf(Math.Max(Math.Max(row[0], row[1]), row[2])), places[i], i);
            Expect(row[2], picked[i], i);
            Expect(row[1] + 10, added[(i * columns) + 1], i);
        }

        // Along the long dimension, of either layout.
        double[] totals = [.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Sum(i => (double)values[(i * columns) + c]))];
        Assert.Equal(totals, device.Run(ReduceOp.Sum([0], false), x).Read<float>().Select(v => (double)v));
        Assert.Equal(totals, device.Run(ReduceOp.Sum([1], false), turned).Read<float>().Select(v => (double)v));
    }

    private static float[] Values(int count, int cycle)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = ((i + (i / 11)) % cycle) - 2;
        return values;
    }

    /// <summary>Assert.Equal, in a fraction of its time.</summary>
    private static void Expect(double expected, double actual, int at)
    {
        if (expected != actual)
            Assert.Fail($"Element {at} is {actual}, not {expected}.");
    }
}

public sealed class CpuLargeLaunchTests(DeviceFixture fixture) : LargeLaunchTests(fixture.Device), IClassFixture<DeviceFixture>;

public sealed class GpuLargeLaunchTests(GpuStyleFixture fixture) : LargeLaunchTests(fixture.Device), IClassFixture<GpuStyleFixture>;
