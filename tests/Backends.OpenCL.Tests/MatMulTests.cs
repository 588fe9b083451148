namespace Nabla.Tests;

/// <summary>Run as on a CPU, and as on a GPU.</summary>
public abstract class MatMulTests(IDevice device)
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 300, 500)]
    [InlineData(300, 1, 500)]
    [InlineData(1, 1, 5000)]
    [InlineData(2, 3, 70)]
    [InlineData(8, 16, 256)]
    [InlineData(33, 47, 65)]
    [InlineData(64, 10, 129)]
    [InlineData(10, 64, 129)]
    [InlineData(100, 100, 100)]
    [InlineData(9, 17, 2100)]
    [InlineData(130, 210, 173)]
    [InlineData(200, 70, 1500)]
    [InlineData(65, 515, 129)]
    public void MatMul_ShapesAndLayouts_MatchTheHost(int m, int n, int k)
    {
        var a = Values(m * k, 1);
        var b = Values(k * n, 2);
        var expected = Multiply(a, b, m, n, k);
        var (x, xt) = (device.From(a, m, k), device.From(Transpose(a, m, k), k, m).Permute(1, 0));
        var (y, yt) = (device.From(b, k, n), device.From(Transpose(b, k, n), n, k).Permute(1, 0));
        foreach (var left in new[] { x, xt })
            foreach (var right in new[] { y, yt })
                AssertClose(expected, device.Run(MatMulOp.Instance, left, right).Read<float>(), k);
    }

    [Theory]
    [InlineData(5, 6, 7)]
    [InlineData(40, 50, 60)]
    [InlineData(150, 170, 161)]
    public void MatMul_BatchesBroadcast(int m, int n, int k)
    {
        var a = Values(3 * m * k, 3);
        var b = Values(2 * k * n, 4);
        var x = device.From(a, 3, 1, m, k);
        var y = device.From(b, 2, k, n);
        var product = device.Run(MatMulOp.Instance, x, y);
        Assert.Equal<Shape>([3, 2, m, n], product.Shape);
        var actual = product.Read<float>();
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 2; j++)
                AssertClose(Multiply(a[(i * m * k)..((i + 1) * m * k)], b[(j * k * n)..((j + 1) * k * n)], m, n, k), actual[(((i * 2) + j) * m * n)..(((i * 2) + j + 1) * m * n)], k);
        var shared = device.Run(MatMulOp.Instance, device.From(a, 3, m, k), device.From(b[..(k * n)], k, n)).Read<float>();
        for (int i = 0; i < 3; i++)
            AssertClose(Multiply(a[(i * m * k)..((i + 1) * m * k)], b[..(k * n)], m, n, k), shared[(i * m * n)..((i + 1) * m * n)], k);
    }

    [Fact]
    public void MatMul_Double_IsAccurate()
    {
        const int m = 100, n = 70, k = 600;
        var a = Values(m * k, 5).Select(v => (double)v).ToArray();
        var b = Values(k * n, 6).Select(v => (double)v).ToArray();
        var actual = device.Run(MatMulOp.Instance, device.From(a, m, k), device.From(b, k, n)).Read<double>();
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                Assert.Equal(Enumerable.Range(0, k).Sum(p => a[(i * k) + p] * b[(p * n) + j]), actual[(i * n) + j], 1e-13);
    }

    [Fact]
    public void MatMul_Half_AccumulatesInFloat()
    {
        var ones = device.Run(new FullOp(DType.Float16, [40, 3000]), [], 1);
        var tenths = device.Run(new FullOp(DType.BFloat16, [3000, 40]), [], 0.5);
        Assert.All(device.Run(MatMulOp.Instance, ones, device.Run(new CastOp(DType.Float16), tenths)).Read<Half>(), v => Assert.Equal((Half)1500, v));
        Assert.All(device.Run(MatMulOp.Instance, device.Run(new CastOp(DType.BFloat16), ones), tenths).Read<BFloat16>(), v => Assert.Equal((BFloat16)1500f, v));
    }

    /// <summary>Without segments, with an end of each row that fills no vector: results are stored as they are computed.</summary>
    [Theory]
    [InlineData(DType.Float16, 1e-3)]
    [InlineData(DType.BFloat16, 1e-2)]
    [InlineData(DType.Float64, 1e-6)]
    public void MatMul_OtherTypes_AreStoredDirectly(DType dtype, double tolerance)
    {
        const int m = 130, n = 151, k = 230;
        var x = device.Run(new CastOp(dtype), device.From(Values(m * k, 7), m, k));
        var y = device.Run(new CastOp(dtype), device.From(Values(k * n, 8), k, n));
        float[] Wide(DeviceTensor t) => device.Run(new CastOp(DType.Float32), t).Read<float>();
        var expected = Multiply(Wide(x), Wide(y), m, n, k);
        Assert.All(expected.Zip(Wide(device.Run(MatMulOp.Instance, x, y))), p => Assert.Equal(p.First, p.Second, tolerance * Math.Max(1, Math.Abs(p.First))));
    }

    [Fact]
    public void MatMul_BatchesInSegments_AddUp()
    {
        const int m = 20, n = 30, k = 2300;
        var a = Values(3 * m * k, 9);
        var b = Values(3 * k * n, 10);
        var actual = device.Run(MatMulOp.Instance, device.From(a, 3, m, k), device.From(b, 3, k, n)).Read<float>();
        for (int i = 0; i < 3; i++)
            AssertClose(Multiply(a[(i * m * k)..((i + 1) * m * k)], b[(i * k * n)..((i + 1) * k * n)], m, n, k), actual[(i * m * n)..((i + 1) * m * n)], k);
    }

    [Fact]
    public void MatMul_Integers_Wrap()
    {
        var x = device.From<sbyte>([100, 100, 1, 2], 2, 2);
        Assert.Equal<sbyte>([unchecked((sbyte)10100), unchecked((sbyte)10200), 102, 104], device.Run(MatMulOp.Instance, x, x).Read<sbyte>());
        var y = device.From<long>([1L << 40, 3, 5, 7], 2, 2);
        Assert.Equal([unchecked((1L << 40) * (1L << 40)) + 15, (3L << 40) + 21, (5L << 40) + 35, 15 + 49], device.Run(MatMulOp.Instance, y, y).Read<long>());
    }

    [Fact]
    public void MatMul_NoInnerElements_IsZero()
    {
        var product = device.Run(MatMulOp.Instance, device.From(Array.Empty<float>(), 2, 0), device.From(Array.Empty<float>(), 0, 3));
        Assert.Equal(new float[6], product.Read<float>());
        Assert.Empty(device.Run(MatMulOp.Instance, device.From(Array.Empty<float>(), 0, 2), device.From(new float[6], 2, 3)).Read<float>());
    }

    [Fact]
    public void MatMul_IntoAnInput_IsAsIfComputedAside()
    {
        var x = device.From([1f, 2, 3, 4], 2, 2);
        Dispatch.Execute(device, MatMulOp.Instance, [x, x], default, x);
        Assert.Equal([7f, 10, 15, 22], x.Read<float>());
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static float[] Transpose(float[] x, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => x[(i % rows * columns) + (i / rows)])];

    private static double[] Multiply(float[] a, float[] b, int m, int n, int k)
    {
        var y = new double[m * n];
        for (int i = 0; i < m; i++)
            for (int p = 0; p < k; p++)
                for (int j = 0; j < n; j++)
                    y[(i * n) + j] += (double)a[(i * k) + p] * b[(p * n) + j];
        return y;
    }

    private static void AssertClose(double[] expected, float[] actual, int k)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6 * Math.Max(1, Math.Sqrt(k)));
    }
}

public sealed class CpuMatMulTests(DeviceFixture fixture) : MatMulTests(fixture.Device), IClassFixture<DeviceFixture>;

public sealed class GpuMatMulTests(GpuStyleFixture fixture) : MatMulTests(fixture.Device), IClassFixture<GpuStyleFixture>;
